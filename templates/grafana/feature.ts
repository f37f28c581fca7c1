import { defineFeature } from '../feature.js';
import { images } from '../images.js';
import { lockedDown } from '../locked-down.js';
import { objectivesOf } from '../prometheus/objectives.js';
import { dashboard } from './dashboard.js';

export default defineFeature({
  name: 'grafana',
  about: 'A Grafana dashboard: service level, requests, event loops, workers, memory, tasks',
  services: () => ({
    grafana: `image: ${images.grafana}
environment:
  # Whoever can open the page may look, and nobody can log in to change things: dashboards come from files. Default: admin, with password admin
  GF_AUTH_ANONYMOUS_ENABLED: 'true'
  GF_AUTH_DISABLE_LOGIN_FORM: 'true'
  GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: 'true'
  # It tells nobody that it is there. Default: true
  GF_ANALYTICS_REPORTING_ENABLED: 'false'
  GF_ANALYTICS_CHECK_FOR_UPDATES: 'false'
# For people on this machine. Default: none
ports: ['127.0.0.1:3001:3000']
volumes:
  - ./ops/grafana/provisioning:/etc/grafana/provisioning:ro
  - ./ops/grafana/dashboards:/etc/grafana/dashboards:ro
# The image has a volume for its database; this is for what it unpacks.
tmpfs: [/tmp]
${lockedDown}
`,
  }),
  data: (project) => ({ 'ops/grafana/dashboards/service.json': dashboard(project.name, { ...objectivesOf(project), hasNginx: project.proxy === 'nginx' }) }),
});
