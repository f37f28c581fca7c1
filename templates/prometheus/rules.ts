import { type Alert, alertRule } from './alert.js';
import { eventLoopAlerts } from './alerts/event-loop.js';
import { memoryAlerts } from './alerts/memory.js';
import { nginxAlerts } from './alerts/nginx.js';
import { scrapeAlerts } from './alerts/scrape.js';
import { taskAlerts } from './alerts/tasks.js';
import { trafficAlerts } from './alerts/traffic.js';
import { workerAlerts } from './alerts/workers.js';
import { nginxJob } from './nginx-job.js';
import { type Objectives, usualObjectives } from './objectives.js';
import { selectors } from './promql.js';
import { sloAlerts, sloRecordsOfDays, sloRecordsOfHours } from './slo.js';

export interface RuleGroup {
  readonly name: string;
  readonly interval?: string;
  readonly rules: readonly object[];
}

/** All alerts but those of the objectives, by topic. */
const alertsByTopic = (job: string): Readonly<Record<string, readonly Alert[]>> => {
  const ours = selectors({ job });
  return {
    traffic: trafficAlerts(ours),
    'event-loop': eventLoopAlerts(ours),
    memory: memoryAlerts(ours),
    workers: workerAlerts(ours),
    tasks: taskAlerts(ours),
    scrape: scrapeAlerts(ours),
  };
};

/** Every alert of a service; several may share a name. */
export const allAlerts = (job: string, objectives: Objectives = usualObjectives): readonly Alert[] => [...Object.values(alertsByTopic(job)).flat(), ...sloAlerts(job, objectives)];

/** Those about the proxy, where there is one. */
export const alertsOfNginx = (name: string): readonly Alert[] => nginxAlerts(selectors({ job: nginxJob(name) }));

/** The content of nginx.rules.yml. */
export const nginxGroups = (name: string): readonly RuleGroup[] => [{ name: nginxJob(name), rules: alertsOfNginx(name).map(alertRule) }];

/** The content of alerts.yml. */
export const alertGroups = (job: string): readonly RuleGroup[] =>
  Object.entries(alertsByTopic(job)).map(([topic, alerts]) => ({ name: `${job}-${topic}`, rules: alerts.map(alertRule) }));

/** The content of slo.yml: its own file, since its windows of days make its tests dear. */
export const sloGroups = (job: string, objectives: Objectives = usualObjectives): readonly RuleGroup[] => [
  { name: `${job}-slo-records`, interval: '30s', rules: sloRecordsOfHours(selectors({ job }), objectives) },
  { name: `${job}-slo-records-of-days`, interval: '2m', rules: sloRecordsOfDays(selectors({ job }), objectives) },
  { name: `${job}-slo`, rules: sloAlerts(job, objectives).map(alertRule) },
];
