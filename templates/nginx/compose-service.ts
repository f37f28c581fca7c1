import { images } from '../images.js';
import { lockedDown } from '../locked-down.js';

interface Options {
  /** Published on all addresses of the machine. */
  readonly ports: readonly number[];
  readonly volumes?: readonly string[];
}

/** nginx in compose.yaml: our folder in place of the image's configuration. */
export const nginxContainer = ({ ports, volumes = [] }: Options): string => `image: ${images.nginx}
ports: [${ports.map((port) => `'${port}:${port}'`).join(', ')}]
volumes:
  - ./ops/nginx:/etc/nginx:ro
  # The service is another container here.
  - ./ops/nginx/upstream.compose.conf:/etc/nginx/upstream.conf:ro
${volumes.map((volume) => `  - ${volume}\n`).join('')}depends_on: { service: { condition: service_healthy } }
healthcheck:
  test: [CMD, wget, -q, -O, /dev/null, 'http://127.0.0.1:8081/healthz']
  interval: 10s
  timeout: 3s
# In memory: its process id, and bodies that are larger than its buffers.
tmpfs: [/run, /var/cache/nginx]
# To open ports below 1024 and to start its processes as another user.
cap_add: [CHOWN, NET_BIND_SERVICE, SETGID, SETUID]
# The image's stop signal lets requests finish. Default: 10s
stop_grace_period: 30s
${lockedDown}
`;
