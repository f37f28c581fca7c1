#!/bin/sh
# Tests ops/nginx in a copy, on other ports and with a throw-away certificate, so that it needs neither root nor the real one.
set -eu
# Where Debian has nginx, and users other than root do not look.
PATH="$PATH:/usr/local/sbin:/usr/sbin"
cd "$(dirname "$0")/../ops/nginx"
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

for file in *.conf; do
  sed -e "s#/var/log/nginx#$copy#" \
    -e "s#/var/cache/nginx#$copy#" \
    -e "s#/etc/letsencrypt/live/[^/]*#$copy#" \
    -e 's#^\( *listen \(\[::\]:\)*\)80\([ ;]\)#\18080\3#' \
    -e 's#^\( *listen \(\[::\]:\)*\)443\([ ;]\)#\18443\3#' \
    -e 's#^http {#http { client_body_temp_path a; proxy_temp_path b; fastcgi_temp_path c; uwsgi_temp_path d; scgi_temp_path e;#' \
    "$file" > "$copy/$file"
done

if [ -f tls.conf ]; then
  openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=check -keyout "$copy/privkey.pem" -out "$copy/fullchain.pem" 2> "$copy/openssl.log" ||
    { cat "$copy/openssl.log" >&2; exit 1; }
fi

nginx -t -q -e stderr -p "$copy/" -c "$copy/nginx.conf" -g "pid $copy/nginx.pid;"
