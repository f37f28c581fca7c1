import { builtinModules } from 'node:module';

/** A DNS label that starts with a letter: what npm, Kubernetes (RFC 1035), systemd, nginx and Prometheus all take as it is. */
const NAME = /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/;
/** A DNS label may have 63; what we emit appends up to eleven, as in `NAME-disruption`. */
export const MAX_NAME_LENGTH = 50;

/** Taken by npm, by Windows, by YAML for values that are no text, or by what runs beside the service under its own name: programs, units of systemd (ours would take the place of the system's), name spaces of clusters. */
const RESERVED = new Set([
  'node_modules', 'favicon',
  ...['con', 'prn', 'aux', 'nul'], ...Array.from({ length: 10 }, (_, n) => [`com${n}`, `lpt${n}`]).flat(),
  ...['localhost', 'root', 'node', 'npm', 'nginx', 'nginx-exporter', 'prometheus', 'alertmanager', 'grafana', 'docker', 'systemd', 'default'],
  ...['ssh', 'sshd', 'cron', 'dbus', 'udev', 'network', 'networking', 'syslog', 'rsyslog', 'polkit', 'ufw', 'firewalld', 'containerd'],
  ...['monitoring', 'keda', 'argo-rollouts'],
  ...['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null'],
  ...builtinModules,
]);

/** Why this cannot name a service, or undefined when it can. */
export function nameFault(name: string): string | undefined {
  if (name.length > MAX_NAME_LENGTH) return `has ${name.length} characters, at most ${MAX_NAME_LENGTH} are possible`;
  if (!NAME.test(name)) return 'must consist of lower-case letters, digits and hyphens, start with a letter and not end with a hyphen';
  if (RESERVED.has(name) || name.startsWith('kube-')) return 'is reserved: npm, Windows, YAML, Node.js, Kubernetes or a program beside the service has it already';
  return undefined;
}

/** A valid name near what was typed, to suggest; undefined when nothing of it is left. */
export function suggestName(text: string): string | undefined {
  const name = text
    .slice(0, 200)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, MAX_NAME_LENGTH)
    .replace(/-+$/, '');
  if (name === '') return undefined;
  if (name.startsWith('kube-')) return undefined;
  return RESERVED.has(name) ? `${name}-service` : name;
}
