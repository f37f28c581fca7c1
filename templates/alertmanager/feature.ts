import { defineFeature } from '../feature.js';
import { alertmanagerContainer } from './compose-service.js';
import { alertmanagerConfig } from './config.js';

const CONFIG = 'ops/alertmanager/alertmanager.yml';

/** Which receiver gets an alert with these labels. */
const routed = (receiver: string, ...labels: readonly string[]) => ({
  name: `Alertmanager sends ${labels.join(', ')} to ${receiver}`,
  program: 'amtool',
  arguments: ['config', 'routes', 'test', `--config.file=${CONFIG}`, `--verify.receivers=${receiver}`, ...labels],
});

export default defineFeature({
  name: 'alertmanager',
  about: 'Alertmanager: who is told of which alert',
  chosen: ({ alerts }) => alerts.length > 0,
  checks: [
    { name: 'Alertmanager configuration', program: 'amtool', arguments: ['check-config', CONFIG] },
    routed('urgent', 'alertname=NoWorkers', 'severity=critical'),
    routed('team', 'alertname=LeakSuspected', 'severity=warning'),
    routed('nobody', 'alertname=Watchdog', 'severity=none'),
  ],
  services: () => ({ alertmanager: alertmanagerContainer }),
  data: (project) => ({ [CONFIG]: alertmanagerConfig(project.alerts, project) }),
});
