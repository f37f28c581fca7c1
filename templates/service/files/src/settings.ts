import type { Settings } from './read-settings.js';

const HOUR_MS = 3_600_000;
const HOST_NAME = /^[A-Za-z0-9.:_-]{1,253}$/;

/** Every environment variable that the service reads: default, limits, meaning. */
export const settings = {
  PORT: { type: 'integer', default: 3000, min: 1, max: 65_535, about: 'Public port, shared by all workers' },
  HOST: { type: 'text', default: '127.0.0.1', pattern: HOST_NAME, accepts: 'a host name or address', about: 'Public address (0.0.0.0 in a container)' },
  ADMIN_PORT: { type: 'integer', default: 9464, min: 1, max: 65_535, about: 'Metrics and administration, served by the primary' },
  ADMIN_HOST: { type: 'text', default: '127.0.0.1', pattern: HOST_NAME, accepts: 'a host name or address', about: 'Address of the admin port. Off loopback and without ADMIN_TOKEN it serves /metrics, /livez and /readyz only' },
  ADMIN_TOKEN: { type: 'text', default: '', pattern: /^[\x21-\x7e]{1,1024}$/, accepts: 'printable ASCII characters without spaces', about: 'Bearer token of the admin port. Without it, actions answer to loopback clients only' },
  WORKERS: { type: 'integer-or-auto', default: 'auto', min: 1, max: 1024, about: 'Worker processes; auto = the cores, or the CPU quota of the container' },
  MIN_WORKERS: { type: 'integer', default: 0, min: 0, max: 1024, about: 'Lower end of autoscaling; 0 = WORKERS' },
  MAX_WORKERS: { type: 'integer', default: 0, min: 0, max: 1024, about: 'Upper end of autoscaling; 0 = WORKERS' },
  HEARTBEAT_INTERVAL_MS: { type: 'integer', default: 500, min: 50, max: 60_000, about: 'How often a worker says that its event loop turns' },
  HEARTBEAT_TIMEOUT_MS: { type: 'integer', default: 5000, min: 500, max: HOUR_MS, about: 'A worker silent for longer is hung and gets replaced' },
  LISTEN: { type: 'choice', default: 'dispatch', choices: ['dispatch', 'shared'], about: 'How connections reach the workers: dispatch = the primary hands each to the least busy worker; shared = all workers accept (cheaper per connection, uneven)' },
  START_TIMEOUT_MS: { type: 'integer', default: 30_000, min: 100, max: HOUR_MS, about: 'A worker that is not ready by then has failed to start' },
  SHUTDOWN_TIMEOUT_MS: { type: 'integer', default: 10_000, min: 100, max: HOUR_MS, about: 'Longest drain of one worker' },
  SHUTDOWN_LINGER_MS: { type: 'integer', default: 1500, min: 0, max: HOUR_MS, about: 'How long idle keep-alive connections stay open in a drain: closing them at once resets the next request of a client' },
  PRE_STOP_DELAY_MS: { type: 'integer', default: 0, min: 0, max: HOUR_MS, about: 'Wait between failing readiness and closing the listener, for balancers that lag' },
  MAX_EVENT_LOOP_DELAY_MS: { type: 'integer', default: 250, min: 0, max: HOUR_MS, about: 'Above this event-loop delay new requests get 503 and Retry-After; 0 = off' },
  MAX_EVENT_LOOP_UTILIZATION: { type: 'number', default: 0.98, min: 0, max: 1, about: 'Above this utilisation, when requests wait too, new requests get 503 and Retry-After; 0 = off' },
  MAX_WORKER_RSS_MB: { type: 'integer', default: 0, min: 0, max: 1_048_576, about: 'A worker above it is replaced gracefully, the new one first; 0 = off' },
  REQUEST_TIMEOUT_MS: { type: 'integer', default: 30_000, min: 100, max: HOUR_MS, about: 'Time a client has to send a whole request' },
  HEADERS_TIMEOUT_MS: { type: 'integer', default: 10_000, min: 100, max: HOUR_MS, about: 'Time a client has to send the headers' },
  KEEP_ALIVE_TIMEOUT_MS: { type: 'integer', default: 65_000, min: 0, max: HOUR_MS, about: 'Idle keep-alive connections are closed after it; longer than the proxy keeps them' },
  BODY_LIMIT_BYTES: { type: 'integer', default: 1_048_576, min: 1, max: 1_073_741_824, about: 'Larger request bodies get 413' },
  TASK_THREADS: { type: 'integer-or-auto', default: 'auto', min: 1, max: 256, about: 'CPU threads of each worker; auto = cores / workers, at least 1' },
  TASK_QUEUE_MAX: { type: 'integer', default: 1000, min: 1, max: 1_000_000, about: 'Tasks that may wait for a thread; more get 503 and Retry-After' },
  TASK_TIMEOUT_MS: { type: 'integer', default: 30_000, min: 1, max: HOUR_MS, about: 'A task that takes longer gets 504, and its thread is replaced' },
  LEAK_DETECTION: { type: 'choice', default: 'on', choices: ['on', 'off'], about: 'Watches the heap after garbage collections for steady growth' },
  BLOCK_THRESHOLD_MS: { type: 'integer', default: 200, min: 0, max: HOUR_MS, about: 'Event-loop blocks longer than this are reported with their stack; 0 = off' },
  DIAGNOSTICS_DIR: { type: 'text', default: './diagnostics', accepts: 'a folder', about: 'Where heap snapshots and profiles are written' },
  DIAGNOSTICS_MAX_MB: { type: 'integer', default: 2048, min: 1, max: 1_048_576, about: 'Space for them; the oldest are removed' },
  LOG_LEVEL: { type: 'choice', default: 'info', choices: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], about: 'pino JSON lines on stdout; one access line per request at info' },
  TRUST_PROXY: { type: 'text', default: 'false', pattern: /^(false|\d{1,2}|[0-9A-Fa-f.:/]+(\s*,\s*[0-9A-Fa-f.:/]+)*)$/, accepts: 'false, a number of proxies, or a list of addresses', about: 'Whose X-Forwarded-For is believed: false, a hop count, or addresses' },
} as const satisfies Settings;
