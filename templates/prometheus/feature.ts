import { defineFeature } from '../feature.js';
import { prometheusContainer } from './compose-service.js';
import { metricsPage } from './metrics-page.js';
import { objectivesOf } from './objectives.js';
import { alertTests, sloTests } from './promtool-tests.js';
import { alertGroups, alertsOfNginx, allAlerts, sloGroups } from './rules.js';
import { runbook } from './runbook.js';

export default defineFeature({
  name: 'prometheus',
  about: 'Prometheus: what to scrape, objectives, alerts with tests and a runbook',
  checks: [
    { name: 'Prometheus configuration and rules', program: 'promtool', arguments: ['check', 'config', 'ops/prometheus/prometheus.yml'] },
    { name: 'Prometheus alerts fire', program: 'promtool', arguments: ['test', 'rules', 'ops/prometheus/tests/alerts.test.yml', 'ops/prometheus/tests/slo.test.yml'] },
  ],
  services: ({ alerts, proxy }) => ({ prometheus: prometheusContainer({ addresses: ['targets', ...(alerts.length > 0 ? ['alertmanagers'] : []), ...(proxy === 'nginx' ? ['nginx-targets'] : [])] }) }),
  data: (project) => ({
    'ops/prometheus/alerts.yml': { groups: alertGroups(project.name) },
    'ops/prometheus/slo.yml': { groups: sloGroups(project.name, objectivesOf(project)) },
    'ops/prometheus/tests/alerts.test.yml': alertTests(project.name),
    'ops/prometheus/tests/slo.test.yml': sloTests(project.name, objectivesOf(project)),
    'docs/metrics.md': metricsPage(project),
    'docs/runbook.md': runbook(project, [...allAlerts(project.name, objectivesOf(project)), ...(project.proxy === 'nginx' ? alertsOfNginx(project.name) : [])]),
  }),
});
