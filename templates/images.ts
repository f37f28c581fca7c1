/** Every container image we emit, pinned. */
export const images = {
  node: 'node:24-bookworm-slim',
  nginx: 'nginx:1.29-alpine',
  prometheus: 'prom/prometheus:v3.5.0',
  alertmanager: 'prom/alertmanager:v0.28.1',
  grafana: 'grafana/grafana:12.2.0',
} as const;
