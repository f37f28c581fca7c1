import type { Project } from '../project.js';

/** The service in compose.yaml, as text: its comments stay with what they explain. */
export const serviceContainer = ({ port, adminPort, proxy }: Project): string => `# From the Dockerfile here. With a registry of your own, put \`image:\` in its place.
build: .
# Started again when it dies and after a reboot, but not after \`docker compose stop\`. Default: no
restart: unless-stopped
environment:
  # From the shell or from .env here: openssl rand -hex 32 makes one. Without it the admin port has metrics and health only, no actions. Default: none
  ADMIN_TOKEN: \${ADMIN_TOKEN:-}
${proxy === 'none' ? '' : "  # How many proxies stand in front: nginx, which replaces what clients write into X-Forwarded-For. Default: false\n  TRUST_PROXY: '1'\n"}ports:
${proxy === 'none' ? `  # The public port, on all addresses of this machine.\n  - '${port}:${port}'\n` : ''}  # The admin port, for programs on this machine. Default: none
  - '127.0.0.1:${adminPort}:${adminPort}'
# Whoever breaks in cannot change the program. The image's /diagnostics is a volume and stays writable. Default: false
read_only: true
# In memory, for what libraries leave there.
tmpfs:
  - /tmp:size=64m
# The service needs none of root's rights. Default: a dozen of them
cap_drop:
  - ALL
# No program in the container can win rights by setuid. Default: it can
security_opt:
  - no-new-privileges:true
# Longer than a drain: PRE_STOP_DELAY_MS (0) + SHUTDOWN_TIMEOUT_MS (10 s) and some room, or requests are cut. Default: 10s
stop_grace_period: 20s
# Keeps 50 MB of log. Default: without an end
logging:
  driver: json-file
  options:
    max-size: 10m
    max-file: '5'
`;
