import { defineFeature } from '../feature.js';
import { images } from '../images.js';
import { alertTests, sloTests } from './promtool-tests.js';
import { alertGroups, allAlerts, sloGroups } from './rules.js';
import { runbook } from './runbook.js';

export default defineFeature({
  name: 'prometheus',
  about: 'Prometheus: what to scrape, objectives, alerts with tests and a runbook',
  checks: [
    { name: 'Prometheus configuration and rules', program: 'promtool', arguments: ['check', 'config', 'ops/prometheus/prometheus.yml'] },
    { name: 'Prometheus alerts fire', program: 'promtool', arguments: ['test', 'rules', 'ops/prometheus/tests/alerts.test.yml', 'ops/prometheus/tests/slo.test.yml'] },
  ],
  services: ({ alerts }) => ({
    prometheus: {
      image: images.prometheus,
      command: ['--config.file=/etc/prometheus/prometheus.yml', '--storage.tsdb.path=/prometheus', '--storage.tsdb.retention.time=40d'],
      ports: ['127.0.0.1:9090:9090'],
      volumes: ['./ops/prometheus:/etc/prometheus:ro', ...containerTargets(alerts.length > 0 ? ['targets', 'alertmanagers'] : ['targets'])],
      // The image keeps its data in a volume, which stays when the container is made anew.
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      restart: 'unless-stopped',
    },
  }),
  data: (project) => ({
    'ops/prometheus/alerts.yml': { groups: alertGroups(project.name) },
    'ops/prometheus/slo.yml': { groups: sloGroups(project.name) },
    'ops/prometheus/tests/alerts.test.yml': alertTests(project.name),
    'ops/prometheus/tests/slo.test.yml': sloTests(project.name),
    'docs/runbook.md': runbook(project, allAlerts(project.name)),
  }),
});

/** Files with the addresses of containers, in place of those with addresses on a host. */
const containerTargets = (files: readonly string[]): string[] => files.map((file) => `./ops/prometheus/${file}.compose.yml:/etc/prometheus/${file}.yml:ro`);
