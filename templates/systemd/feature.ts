import { defineFeature } from '../feature.js';
import { unit } from './unit.js';

export default defineFeature({
  name: 'systemd',
  about: 'systemd: a hardened unit, and a script that deploys without failing a request',
  chosen: ({ deploy }) => deploy.includes('systemd'),
  checks: [{ name: 'systemd unit', program: 'sh', arguments: ['scripts/check-systemd.sh'], needs: ['systemd-analyze'] }],
  data: (project) => ({ [`ops/systemd/${project.name}.service`]: unit(project) }),
});
