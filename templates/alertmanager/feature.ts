import { defineFeature } from '../feature.js';
import { images } from '../images.js';
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
  services: () => ({
    alertmanager: {
      image: images.alertmanager,
      // Without a cluster address it does not look for others of its kind.
      command: ['--config.file=/etc/alertmanager/alertmanager.yml', '--storage.path=/alertmanager', '--cluster.listen-address='],
      ports: ['127.0.0.1:9093:9093'],
      volumes: ['./ops/alertmanager:/etc/alertmanager:ro'],
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      restart: 'unless-stopped',
    },
  }),
  data: ({ alerts }) => ({ [CONFIG]: alertmanagerConfig(alerts) }),
});
