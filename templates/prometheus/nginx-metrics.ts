import type { MetricDefinition } from '../service/files/src/metrics/catalog.js';

/** What ops/nginx/exporter.mjs tells; a test holds the two against each other. */
export const nginxMetrics = {
  up: { name: 'nginx_up', type: 'gauge', labels: [], help: '1 when nginx answered on its status page' },
  connections: { name: 'nginx_connections', type: 'gauge', labels: ['state'], help: 'Connections of clients by state: active, reading, writing, waiting' },
  connectionsDropped: { name: 'nginx_connections_dropped_total', type: 'counter', labels: [], help: 'Connections accepted and not handled: worker_connections was reached' },
  responses: { name: 'nginx_responses_total', type: 'counter', labels: ['status'], help: 'Requests answered, by the status that the client saw' },
  upstreamFailures: { name: 'nginx_upstream_failures_total', type: 'counter', labels: [], help: 'Requests to which the service gave no answer: 502 and 504 of nginx itself' },
  cache: { name: 'nginx_cache_requests_total', type: 'counter', labels: ['result'], help: 'Requests by what the cache had: hit, miss, stale, updating, expired, bypass' },
  duration: { name: 'nginx_request_duration_seconds', type: 'histogram', labels: [], buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10], help: 'Time from the first byte of the client to the last byte sent to it' },
  unreadable: { name: 'nginx_log_lines_unreadable_total', type: 'counter', labels: [], help: 'Lines of the access log that are not as logging.conf writes them' },
} as const satisfies Record<string, MetricDefinition>;
