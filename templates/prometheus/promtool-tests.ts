import { type Alert, runbookLink } from './alert.js';
import type { Case, Firing } from './cases/case.js';
import { eventLoopCases } from './cases/event-loop.js';
import { memoryCases } from './cases/memory.js';
import { nginxCases } from './cases/nginx.js';
import { scrapeCases } from './cases/scrape.js';
import { sloCases } from './cases/slo.js';
import { taskCases } from './cases/tasks.js';
import { trafficCases } from './cases/traffic.js';
import { workerCases } from './cases/workers.js';
import { type Objectives, usualObjectives } from './objectives.js';
import { allAlerts, alertGroups, alertsOfNginx, nginxGroups, type RuleGroup, sloGroups } from './rules.js';
import { sloAlerts } from './slo.js';

/** Cases of alerts.yml. */
export const alertCases = (job: string): readonly Case[] => [trafficCases, eventLoopCases, memoryCases, workerCases, taskCases, scrapeCases].flatMap((cases) => cases(job));

/** The content of tests/alerts.test.yml, for `promtool test rules`. */
export const alertTests = (job: string): object => promtoolTests({ file: 'alerts.yml', evaluationInterval: '1m', groups: alertGroups(job), cases: alertCases(job), alerts: allAlerts(job) });

/** The content of tests/nginx.test.yml. */
export const nginxTests = (name: string): object => promtoolTests({ file: 'nginx.rules.yml', evaluationInterval: '1m', groups: nginxGroups(name), cases: nginxCases(name), alerts: alertsOfNginx(name) });

/** The content of tests/slo.test.yml. Its cases are days long: with steps of a minute they would take minutes. */
export const sloTests = (job: string, objectives: Objectives = usualObjectives): object => promtoolTests({ file: 'slo.yml', evaluationInterval: '5m', groups: sloGroups(job, objectives), cases: sloCases(job, objectives), alerts: sloAlerts(job, objectives) });

interface Suite {
  readonly file: string;
  /** How often rules are computed, in the time of the test. */
  readonly evaluationInterval: string;
  readonly groups: readonly RuleGroup[];
  readonly cases: readonly Case[];
  readonly alerts: readonly Alert[];
}

function promtoolTests({ file, evaluationInterval, groups, cases, alerts }: Suite): object {
  return {
    rule_files: [`../${file}`],
    evaluation_interval: evaluationInterval,
    // Without it promtool takes the groups in any order, and alerts may see records of the step before.
    group_eval_order: groups.map(({ name }) => name),
    tests: cases.map(({ name, interval = '1m', series, at, alert, firing }) => ({
      name: `${alert}: ${name}`,
      interval,
      input_series: Object.entries(series).map(([selector, values]) => ({ series: selector, values })),
      alert_rule_test: [{ eval_time: at, alertname: alert, exp_alerts: firing.map((each) => expected(findAlert(alerts, alert, each), each)) }],
    })),
  };
}

/** Alerts that share a name differ in the labels that the rule adds. */
function findAlert(alerts: readonly Alert[], name: string, { labels }: Firing): Alert {
  const found = alerts.find((alert) => alert.name === name && Object.entries(alert.labels ?? {}).every(([label, value]) => labels[label] === value));
  if (!found) throw new Error(`a case expects ${name} with ${JSON.stringify(labels)}, and no such alert exists`);
  return found;
}

function expected(alert: Alert, { labels, shows }: Firing): object {
  const summary = alert.summary.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_, label: string) => labels[label] ?? '').replaceAll(/\{\{ \$value[^}]*\}\}/g, shows ?? '');
  return {
    exp_labels: { ...labels, severity: alert.severity },
    exp_annotations: { summary, description: alert.meaning, runbook_url: runbookLink(alert.name) },
  };
}
