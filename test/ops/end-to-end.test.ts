import { expect, inject, test } from 'vitest';

import { send } from '../chaos/harness/requests.js';
import { launch, startService } from '../chaos/harness/service.js';
import { until } from '../chaos/harness/time.js';
import { startAlertmanager } from './harness/alertmanager.js';
import { startFake } from './harness/fake.js';
import { describeWith } from './harness/programs.js';
import { startPrometheus } from './harness/prometheus.js';

interface Notification {
  readonly status: string;
  readonly alerts: readonly { readonly status: string; readonly labels: Record<string, string>; readonly annotations: Record<string, string> }[];
}

describeWith('prometheus-alertmanager', 'from a fault to the people', () => {
  test('workers that crash are told, and a service that is gone is told instead of all that follows from it, and told to be back', async () => {
    const people = await startFake();
    const service = await startService({ folder: inject('opsFolder') });
    const { port: alertmanager } = await startAlertmanager({ slack: people.url, webhook: people.url, bridge: people.url });
    await startPrometheus({ target: service.adminPort, alertmanager });
    await until('Alertmanager hears of Prometheus', async () => ((await send({ port: alertmanager, path: '/api/v2/alerts' })).answer?.body ?? '').includes('Watchdog'));
    expect(people.bodies).toEqual([]);

    for (let crashes = 0; crashes < 6; crashes++) {
      const [victim] = await until('a worker runs', () => service.workers().length === 2 && service.workers());
      if (victim !== undefined) process.kill(victim, 'SIGKILL');
      await until('it is gone', () => !service.workers().includes(victim ?? 0));
    }
    const told = await until('people are told of the crashes', () => notifications(people.bodies).find(({ alerts }) => alerts.some(({ labels }) => labels['alertname'] === 'WorkersRestarting')), 30_000);
    expect(told.alerts[0]?.labels).toMatchObject({ job: 'shop', severity: 'warning', reason: 'crash' });

    service.signal('SIGKILL');
    await until('people are told that it is down', () => notifications(people.bodies).some(({ alerts }) => alerts.some(({ labels }) => labels['alertname'] === 'TargetDown')), 30_000);
    const silenced = JSON.parse((await send({ port: alertmanager, path: '/api/v2/alerts?silenced=false&active=false' })).answer?.body ?? '[]') as { labels: Record<string, string> }[];
    expect(silenced.map(({ labels }) => labels['alertname'])).toContain('WorkersRestarting');

    await launch({ folder: inject('opsFolder'), env: { ADMIN_PORT: String(service.adminPort) } });
    const over = await until('people are told that it is back', () => notifications(people.bodies).find(({ status, alerts }) => status === 'resolved' && alerts.some(({ labels }) => labels['alertname'] === 'TargetDown')), 40_000);
    expect(over.alerts[0]).toMatchObject({ status: 'resolved', labels: { job: 'shop', severity: 'critical' } });
  });
});

/** What Alertmanager posted in its own form; Slack's and DingTalk's have none of these fields. */
function notifications(bodies: readonly string[]): Notification[] {
  return bodies.map((body) => JSON.parse(body) as Partial<Notification>).filter((each): each is Notification => each.alerts !== undefined);
}
