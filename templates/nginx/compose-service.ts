import { images } from '../images.js';

interface Options {
  readonly ports: readonly string[];
  readonly volumes?: readonly string[];
}

/** nginx as a container: our folder in place of the image's configuration, and no more rights than it takes to start workers. */
export const nginxContainer = ({ ports, volumes = [] }: Options): object => ({
  image: images.nginx,
  ports,
  volumes: ['./ops/nginx:/etc/nginx:ro', './ops/nginx/upstream.compose.conf:/etc/nginx/upstream.conf:ro', ...volumes],
  depends_on: { service: { condition: 'service_healthy' } },
  healthcheck: { test: ['CMD', 'wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8081/healthz'], interval: '10s', timeout: '3s' },
  read_only: true,
  tmpfs: ['/run', '/var/cache/nginx'],
  cap_drop: ['ALL'],
  cap_add: ['CHOWN', 'SETGID', 'SETUID', 'NET_BIND_SERVICE'],
  security_opt: ['no-new-privileges:true'],
  // SIGQUIT lets requests finish; the image's own stop signal is the same, and compose waits 10 s for it by default.
  stop_grace_period: '30s',
  restart: 'unless-stopped',
});
