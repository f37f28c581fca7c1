import { defineFeature } from '../feature.js';
import { images } from '../images.js';
import { lockedDown } from '../locked-down.js';

export default defineFeature({
  name: 'dingtalk',
  about: 'A bridge from Alertmanager to a DingTalk robot',
  chosen: ({ alerts }) => alerts.includes('dingtalk'),
  services: () => ({
    'dingtalk-bridge': `image: ${images.node}
command: [node, /etc/alertmanager/dingtalk-bridge.mjs]
environment:
  DINGTALK_URL_FILE: /etc/alertmanager/secrets/dingtalk-url
  DINGTALK_SECRET_FILE: /etc/alertmanager/secrets/dingtalk-secret
volumes: ['./ops/alertmanager:/etc/alertmanager:ro']
# Alertmanager finds it on 127.0.0.1, here as on a host, and nobody else does.
network_mode: service:alertmanager
# As Alertmanager runs, so that both can read the secrets. Default: root
user: '65534:65534'
${lockedDown}
`,
  }),
});
