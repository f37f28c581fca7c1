import { nginxJob } from '../prometheus/nginx-job.js';
import { nginxMetrics } from '../prometheus/nginx-metrics.js';
import { type Objectives, percent, usualObjectives } from '../prometheus/objectives.js';
import { type Selectors, selectors } from '../prometheus/promql.js';
import { records } from '../prometheus/slo.js';
import { metrics, processMetrics } from '../service/files/src/metrics/catalog.js';
import type { Panel, Row } from './panel.js';

/** Grafana's own: wide enough for the resolution and for the scrape interval. */
const RATE = '[$__rate_interval]';

/** What the dashboard shows of a service, from what users feel down to what causes it. */
export function dashboardRows(job: string, { errorBudget, hasNginx = false }: Pick<Objectives, 'errorBudget'> & { hasNginx?: boolean } = usualObjectives): Row[] {
  const ours = selectors({ job }, '$instance');
  return [
    { title: 'Service level', panels: serviceLevel(ours, job, errorBudget) },
    { title: 'Requests', panels: requests(ours) },
    { title: 'Event loops', panels: eventLoops(ours) },
    { title: 'Workers', panels: workers(ours) },
    { title: 'Memory', panels: memory(ours) },
    { title: 'Tasks', panels: tasks(ours) },
    ...(hasNginx ? [{ title: 'nginx', panels: nginx(selectors({ job: nginxJob(job) })) }] : []),
  ];
}

function serviceLevel({ series, bucket }: Selectors, job: string, errorBudget: number): Panel[] {
  const errors = (window: '5m' | '1h' | '6h' | '3d'): string => `${records.errors(window)}{job="${job}"}`;
  const of = (record: string): string => `${record}{job="${job}"}`;
  const ready = `sum(${series(metrics.workers, { state: '="ready"' })})`;
  return [
    stat('Availability', 'Share of the requests of 5 minutes that were not answered with 5xx. All instances, without probes.', 'percentunit', `1 - ${errors('5m')}`, [['red', null], ['orange', 0.995], ['green', 1 - errorBudget]]),
    stat('Error budget left', `Of the ${percent(errorBudget)} of requests that may fail in 30 days; below 0 there is none left. All instances.`, 'percentunit', `1 - avg_over_time(${of(records.errorRate)}[30d]) / (avg_over_time(${of(records.requestRate)}[30d]) > 0) / ${errorBudget}`, [['red', null], ['orange', 0.1], ['green', 0.5]], null),
    stat('Requests', 'Answered each second.', 'reqps', `sum(rate(${series(metrics.httpRequests)}${RATE}))`),
    stat('Latency, p99', 'One request in a hundred takes longer.', 's', `histogram_quantile(0.99, sum by (le) (rate(${bucket(metrics.httpRequestDuration)}${RATE})))`, [['green', null], ['orange', 0.5], ['red', 2.5]]),
    stat('Workers ready', 'Of those that are wanted.', 'percentunit', `${ready} / sum(${series(metrics.workersWanted)})`, [['red', null], ['orange', 0.5], ['green', 1]]),
    stat('Workers lost', 'Crashes and hangs in the time shown.', 'short', `sum(increase(${series(metrics.workerRestarts, { reason: '=~"crash|hang"' })}[$__range]))`, [['green', null], ['orange', 1], ['red', 4]]),
    {
      ...graph('Burn rate', 'How many times faster than allowed the error budget goes. 14.4 for an hour or 6 for six hours pages. All instances.', 'short', {
        '1 h': `${errors('1h')} / ${errorBudget}`,
        '6 h': `${errors('6h')} / ${errorBudget}`,
        '3 d': `${errors('3d')} / ${errorBudget}`,
      }),
      thresholds: [['green', null], ['orange', 6], ['red', 14.4]],
    },
    { kind: 'table', title: 'Alerts', about: 'What fires now; docs/runbook.md says what to do.', unit: 'short', queries: { '{{alertname}}': `sum by (alertname, severity, instance) (ALERTS{job="${job}", alertstate="firing"})` } },
  ];
}

function requests({ series, bucket }: Selectors): Panel[] {
  const quantile = (share: number): string => `histogram_quantile(${share}, sum by (le) (rate(${bucket(metrics.httpRequestDuration)}${RATE})))`;
  return [
    { ...graph('Requests by status', 'Answers each second.', 'reqps', { '{{status}}': `sum by (status) (rate(${series(metrics.httpRequests)}${RATE}))` }), isStacked: true },
    graph('Failures by route', 'Answers with 5xx each second; the ten worst routes.', 'reqps', { '{{method}} {{route}} {{status}}': `topk(10, sum by (method, route, status) (rate(${series(metrics.httpRequests, { status: '=~"5.."' })}${RATE})))` }),
    graph('Latency', 'Half of the requests, 90 and 99 in a hundred are faster than this.', 's', { p50: quantile(0.5), p90: quantile(0.9), p99: quantile(0.99) }),
    graph('Latency by route, p99', 'The ten slowest routes.', 's', { '{{route}}': `topk(10, histogram_quantile(0.99, sum by (route, le) (rate(${bucket(metrics.httpRequestDuration)}${RATE}))))` }),
    { kind: 'heatmap', title: 'Latency, all requests', about: 'Two bands are two kinds of requests, which no quantile shows.', unit: 's', queries: { '{{le}}': `sum by (le) (increase(${bucket(metrics.httpRequestDuration)}${RATE}))` } },
    graph('In flight and refused', 'Requests being answered; requests refused each second, with the reason.', 'short', {
      'in flight': `sum(${series(metrics.httpRequestsInFlight)})`,
      'refused each second: {{reason}}': `sum by (reason) (rate(${series(metrics.httpRequestsShed)}${RATE}))`,
    }),
  ];
}

const eventLoops = ({ series }: Selectors): Panel[] => [
  { ...graph('Event-loop delay, p99', 'How late each worker takes up its work. Idle is 0; from 100 ms on users feel it.', 's', { '{{instance}} {{worker}}': series(metrics.eventLoopDelay, { quantile: '="0.99"' }) }), thresholds: [['green', null], ['red', 0.1]] },
  { ...graph('Event-loop utilisation', 'Share of the time that each worker is busy. At 1 its core is full.', 'percentunit', { '{{instance}} {{worker}}': series(metrics.eventLoopUtilization) }), max: 1, thresholds: [['green', null], ['red', 0.9]] },
  graph('Blocks', 'Times in which an event loop stood still for longer than BLOCK_THRESHOLD_MS. The log has the stacks.', 'short', { '{{instance}}': `increase(${series(metrics.eventLoopBlocks)}${RATE})` }),
  graph('CPU', 'Cores used by each process, with its threads.', 'short', { '{{instance}} {{worker}}': `rate(${series(processMetrics.cpu)}${RATE})` }),
];

const workers = ({ series, bucket }: Selectors): Panel[] => [
  {
    kind: 'table',
    title: 'Each worker',
    about: 'A worker that differs from the others, or is much younger, is where to look first.',
    unit: 'short',
    queries: {
      age: `sum by (instance, worker) (time() - ${series(processMetrics.startTime, { worker: '!="primary"' })})`,
      'loop delay, p99': `sum by (instance, worker) (${series(metrics.eventLoopDelay, { quantile: '="0.99"' })})`,
      utilisation: `sum by (instance, worker) (${series(metrics.eventLoopUtilization)})`,
      'heap, of its limit': `sum by (instance, worker) (${series(metrics.heapUsedAfterGc)} / on (job, instance, worker) ${series(metrics.heapSizeLimit)})`,
      memory: `sum by (instance, worker) (${series(processMetrics.residentMemory, { worker: '!="primary"' })})`,
      'leak suspected': `sum by (instance, worker) (${series(metrics.leakSuspected)})`,
    },
    columnUnits: { age: 's', 'loop delay, p99': 's', utilisation: 'percentunit', 'heap, of its limit': 'percentunit', memory: 'bytes', 'leak suspected': 'bool_yes_no' },
  },
  graph('Workers by state', 'During a reload there is one more than wanted.', 'short', {
    '{{state}}': `sum by (state) (${series(metrics.workers)})`,
    wanted: `sum(${series(metrics.workersWanted)})`,
  }),
  graph('Workers replaced', 'By reason. Crashes and hangs are faults, the others are wanted.', 'short', { '{{reason}}': `sum by (reason) (increase(${series(metrics.workerRestarts)}${RATE}))` }),
  graph('Start and drain, p90', 'From fork to ready, and from drain to exit. A drain is cut at SHUTDOWN_TIMEOUT_MS.', 's', {
    start: `histogram_quantile(0.9, sum by (le) (rate(${bucket(metrics.workerReady)}[$__range])))`,
    drain: `histogram_quantile(0.9, sum by (le) (rate(${bucket(metrics.workerDrain)}[$__range])))`,
  }),
  graph('Waiting and unheard', 'Connections that wait for a ready worker; ready workers that do not tell their metrics. Normal is 0.', 'short', {
    'waiting {{instance}}': series(metrics.dispatchQueueSize),
    'unheard {{instance}}': series(metrics.scrapeMissingWorkers),
  }),
];

const memory = ({ series, sum }: Selectors): Panel[] => [
  graph('Heap after garbage collection', 'What is really in use. A saw-tooth is normal, a staircase is a leak.', 'bytes', {
    '{{instance}} {{worker}}': series(metrics.heapUsedAfterGc),
    'limit of a worker': `min(${series(metrics.heapSizeLimit)})`,
  }),
  { ...graph('Heap growth', 'Trend after garbage collections, per second. Steadily above 0 is a leak.', 'Bps', { '{{instance}} {{worker}}': series(metrics.heapGrowth) }), min: null },
  graph('Memory of processes', 'Heap, buffers, code and threads.', 'bytes', { '{{instance}} {{worker}}': series(processMetrics.residentMemory) }),
  { ...graph('Leak suspected', '1 while the heap of a worker has grown through three windows in a row. docs/runbook.md says how to find what is kept.', 'short', { '{{instance}} {{worker}}': series(metrics.leakSuspected) }), max: 1 },
  { ...graph('File descriptors', 'Share of those that the process may open. At 1 no connection is accepted any more.', 'percentunit', { '{{instance}} {{worker}}': `${series(processMetrics.openFiles)} / on (job, instance, worker) ${series(processMetrics.maxFiles)}` }), thresholds: [['green', null], ['red', 0.8]] },
  graph('Time in garbage collection', 'Share of the time of each process. Above 10 % the heap is too small, or too much is made and dropped.', 'percentunit', { '{{instance}} {{worker}}': `sum by (instance, worker) (rate(${sum(processMetrics.garbageCollection)}${RATE}))` }),
];

function tasks({ series, bucket }: Selectors): Panel[] {
  const p99 = (metric: typeof metrics.taskWait | typeof metrics.taskRun): string => `histogram_quantile(0.99, sum by (task, le) (rate(${bucket(metric)}${RATE})))`;
  return [
    { ...graph('Tasks by outcome', 'Ended each second.', 'short', { '{{task}} {{outcome}}': `sum by (task, outcome) (rate(${series(metrics.tasks)}${RATE}))` }), isStacked: true },
    graph('Queue', 'Tasks that wait for a thread. At TASK_QUEUE_MAX of a worker more are rejected.', 'short', { '{{instance}}': series(metrics.taskQueueSize) }),
    graph('Wait, p99', 'Until a thread takes the task.', 's', { '{{task}}': p99(metrics.taskWait) }),
    graph('Run, p99', 'In the thread.', 's', { '{{task}}': p99(metrics.taskRun) }),
  ];
}

const nginx = ({ series, bucket }: Selectors): Panel[] => [
  { ...graph('Answers of nginx', 'What clients saw, each second. 429 is over the limits; 502 and 504 got no answer from the service.', 'reqps', { '{{status}}': `sum by (status) (rate(${series(nginxMetrics.responses)}${RATE}))` }), isStacked: true },
  graph('Without an answer of the service', 'Each second. Normal is 0.', 'reqps', { '{{instance}}': `rate(${series(nginxMetrics.upstreamFailures)}${RATE})` }),
  graph('Time for clients', 'With the way to them: a slow client makes it long. Compare with Latency.', 's', {
    p50: `histogram_quantile(0.5, sum by (le) (rate(${bucket(nginxMetrics.duration)}${RATE})))`,
    p99: `histogram_quantile(0.99, sum by (le) (rate(${bucket(nginxMetrics.duration)}${RATE})))`,
  }),
  { ...graph('Cache', 'Requests each second by what the cache had; those that may not be cached do not count.', 'reqps', { '{{result}}': `sum by (result) (rate(${series(nginxMetrics.cache)}${RATE}))` }), isStacked: true },
  graph('Connections of clients', 'Waiting is idle.', 'short', { '{{state}}': `sum by (state) (${series(nginxMetrics.connections)})`, 'dropped each second': `sum(rate(${series(nginxMetrics.connectionsDropped)}${RATE}))` }),
];

const graph = (title: string, about: string, unit: string, queries: Panel['queries']): Panel => ({ kind: 'timeseries', title, about, unit, queries });

function stat(title: string, about: string, unit: string, query: string, thresholds: NonNullable<Panel['thresholds']> = [['text', null]], min: number | null = 0): Panel {
  return { kind: 'stat', title, about, unit, queries: { [title]: query }, thresholds, min };
}
