import { images } from '../images.js';
import { lockedDown } from '../locked-down.js';

interface Options {
  /** Files with addresses, whose `.compose.yml` has those of containers. */
  readonly addresses: readonly string[];
}

/** Prometheus in compose.yaml. */
export const prometheusContainer = ({ addresses }: Options): string => `image: ${images.prometheus}
command:
  - --config.file=/etc/prometheus/prometheus.yml
  # The image has a volume there, which stays when the container is made anew.
  - --storage.tsdb.path=/prometheus
  # Longer than the 30 days of an objective. Default: 15d
  - --storage.tsdb.retention.time=40d
# For people on this machine. Default: none
ports: ['127.0.0.1:9090:9090']
volumes:
  - ./ops/prometheus:/etc/prometheus:ro
  # What it asks and tells are other containers here.
${addresses.map((file) => `  - ./ops/prometheus/${file}.compose.yml:/etc/prometheus/${file}.yml:ro\n`).join('')}${lockedDown}
`;
