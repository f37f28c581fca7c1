import type { Project } from '../project.js';
import type { Alert } from './alert.js';
import { runbookCommands } from './runbook-commands.js';

/** docs/runbook.md: one section for each alert name, to which its notification links. */
export function runbook(project: Pick<Project, 'name' | 'adminPort' | 'deploy' | 'canary'>, alerts: readonly Alert[]): string {
  const firstOfName = alerts.filter((alert, index) => alerts.findIndex((other) => other.name === alert.name) === index);
  return `${[`# Runbook of ${project.name}`, introduction(project.adminPort), runbookCommands(project), ...firstOfName.map(section)].join('\n\n')}\n`;
}

const introduction = (adminPort: number): string => `What to do when an alert fires. The alerts are in \`ops/prometheus/alerts.yml\` and \`slo.yml\`. The admin port is ${adminPort}, unless ADMIN_PORT
says otherwise; its \`GET /\` shows all workers live, with buttons for what is called \`POST\` here. After a fault, write down here what helped.`;

function section({ name, severity, meaning, actions }: Alert): string {
  const urgency = { critical: 'Now: users notice.', warning: 'Today: users will notice.', none: 'No action.' }[severity];
  return [`## ${name}`, `${meaning} *${urgency}*`, actions.map((action, index) => `${index + 1}. ${action}`).join('\n')].join('\n\n');
}
