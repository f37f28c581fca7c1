import { images } from '../images.js';
import { lockedDown } from '../locked-down.js';

/** Alertmanager in compose.yaml. */
export const alertmanagerContainer = `image: ${images.alertmanager}
command:
  - --config.file=/etc/alertmanager/alertmanager.yml
  # The image has a volume there: silences stay when the container is made anew.
  - --storage.path=/alertmanager
  # It is alone. Default: 0.0.0.0:9094, where it looks for others of its kind
  - --cluster.listen-address=
# For people on this machine. Default: none
ports: ['127.0.0.1:9093:9093']
volumes: ['./ops/alertmanager:/etc/alertmanager:ro']
${lockedDown}
`;
