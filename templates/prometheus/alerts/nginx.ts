import type { Alert } from '../alert.js';
import { nginxMetrics } from '../nginx-metrics.js';
import { scrapeMetrics, type Selectors } from '../promql.js';

const MAX_ERROR_SHARE = 0.05;
/** Below it one failure is too large a share. */
const MIN_REQUESTS_PER_SECOND = 0.2;
/** One in a thousand may meet a worker that dies; more has a cause. */
const MAX_UNANSWERED_SHARE = 0.001;
/** In 5 minutes: one failure of a few hundred requests is a share that wakes nobody. */
const MAX_UNANSWERED = 4;
/** An attack is turned away by the limits, and so is a limit that is too tight. */
const MAX_LIMITED_SHARE = 0.05;

export const nginxAlerts = ({ series }: Selectors): Alert[] => {
  const all = `sum by (job) (rate(${series(nginxMetrics.responses)}[5m]))`;
  const share = (status: `=~"${string}"` | `="${string}"`): string => `sum by (job) (rate(${series(nginxMetrics.responses, { status })}[5m])) / (${all} > 0)`;
  return [
    {
      name: 'NginxDown',
      expr: `${series(nginxMetrics.up)} == 0 or ${series(scrapeMetrics.up)} == 0`,
      for: '1m',
      severity: 'critical',
      summary: 'nginx of {{ $labels.job }} ({{ $labels.instance }}) does not answer',
      meaning: 'nginx does not answer on its status page, or its exporter does not answer Prometheus. In the first case nobody reaches the service.',
      actions: ['`systemctl status nginx`, or `docker compose ps nginx`; its error log says why it ended.', 'It refuses to start: `npm run check:configs` tells which line.', 'It runs: does `exporter.mjs`?'],
    },
    {
      name: 'NginxErrorRatioHigh',
      expr: `${share('=~"5.."')} > ${MAX_ERROR_SHARE} and on (job) ${all} > ${MIN_REQUESTS_PER_SECOND}`,
      for: '5m',
      severity: 'critical',
      summary: '{{ $labels.job }} answers {{ $value | humanizePercentage }} of all requests with 5xx',
      meaning: `More than ${MAX_ERROR_SHARE * 100} % of what clients saw at nginx were failures, for 5 minutes. The service's own figures miss those that never reached it.`,
      actions: ['502 and 504: see NginxUpstreamUnreachable. Others come from the service: see ErrorRatioHigh.', 'The access log has `upstream_status` and `request_id` of each.'],
    },
    {
      name: 'NginxUpstreamUnreachable',
      expr: `sum by (job) (rate(${series(nginxMetrics.upstreamFailures)}[5m])) / (${all} > 0) > ${MAX_UNANSWERED_SHARE} and on (job) sum by (job) (increase(${series(nginxMetrics.upstreamFailures)}[5m])) > ${MAX_UNANSWERED}`,
      for: '2m',
      severity: 'critical',
      summary: 'nginx of {{ $labels.job }} gets no answer to {{ $value | humanizePercentage }} of the requests',
      meaning: `The service refused, dropped or did not answer more than ${MAX_UNANSWERED_SHARE * 100} % of the requests that nginx passed on, for 2 minutes.`,
      actions: [
        'Does it run? See TargetDown, NoWorkers. The error log of nginx says what it met: refused, reset, timed out.',
        'Refused, and it runs: is its PORT the one in `upstream.conf`?',
        'Timed out: a request may take up to `proxy_read_timeout`; see LatencyBudgetBurn and WorkersHung.',
      ],
    },
    {
      name: 'NginxConnectionsDropped',
      expr: `increase(${series(nginxMetrics.connectionsDropped)}[5m]) > 0`,
      severity: 'warning',
      summary: 'nginx of {{ $labels.job }} dropped {{ $value | humanize }} connections in 5 minutes',
      meaning: 'Connections were accepted and closed at once: nginx has reached `worker_connections`.',
      actions: ['Many clients: raise `worker_connections` and `worker_rlimit_nofile` in `nginx.conf`.', 'Few clients, many connections: somebody holds them open; the access log tells who.'],
    },
    {
      name: 'NginxLimitsClients',
      expr: `${share('="429"')} > ${MAX_LIMITED_SHARE} and on (job) ${all} > ${MIN_REQUESTS_PER_SECOND}`,
      for: '15m',
      severity: 'warning',
      summary: 'nginx of {{ $labels.job }} answers {{ $value | humanizePercentage }} of the requests with 429',
      meaning: `More than ${MAX_LIMITED_SHARE * 100} % of the requests have been over the limits for 15 minutes.`,
      actions: ['Who is it? `remote_addr` of the lines with status 429. An attacker: deny the address. A customer, or a balancer whose address stands for all: see `set_real_ip_from` in `nginx.conf`, and the limits in `limits.conf`.'],
    },
  ];
};
