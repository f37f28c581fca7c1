/** What a metric is: everything but its values. */
export interface MetricDefinition {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  readonly buckets?: readonly number[];
}

/** Seconds. An SLO threshold must be one of these bounds, or it cannot be computed. */
const LATENCY_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/**
 * Every metric of our own, once. Code, alert rules, recording rules, dashboard and docs/metrics.md use the names that stand
 * here and below; test/metric-names.test.ts finds others.
 */
export const metrics = {
  httpRequests: { name: 'http_requests_total', type: 'counter', labels: ['method', 'route', 'status'], help: 'Requests answered' },
  httpRequestDuration: { name: 'http_request_duration_seconds', type: 'histogram', labels: ['method', 'route', 'status_class'], buckets: LATENCY_BUCKETS, help: 'Time from the first byte of a request to the last of its answer' },
  httpRequestsInFlight: { name: 'http_requests_in_flight', type: 'gauge', labels: [], help: 'Requests being answered' },
  httpRequestsShed: { name: 'http_requests_shed_total', type: 'counter', labels: ['reason'], help: 'Requests refused with 503 because the worker was overloaded' },
  workers: { name: 'hcnode_workers', type: 'gauge', labels: ['state'], help: 'Worker processes by state: starting, ready, draining' },
  workersWanted: { name: 'hcnode_workers_wanted', type: 'gauge', labels: [], help: 'Worker processes that should be ready' },
  workerRestarts: { name: 'hcnode_worker_restarts_total', type: 'counter', labels: ['reason'], help: 'Workers replaced, by reason: crash, hang, memory, reload, scale' },
  workerReady: { name: 'hcnode_worker_ready_seconds', type: 'histogram', labels: [], buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30], help: 'Time from fork to ready' },
  workerDrain: { name: 'hcnode_worker_drain_seconds', type: 'histogram', labels: [], buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60], help: 'Time from drain to exit' },
  crashLoop: { name: 'hcnode_crash_loop', type: 'gauge', labels: [], help: '1 while every worker slot waits in backoff' },
  reloads: { name: 'hcnode_reloads_total', type: 'counter', labels: ['outcome'], help: 'Rolling reloads by outcome: completed, aborted' },
  dispatchQueueSize: { name: 'hcnode_dispatch_queue_size', type: 'gauge', labels: [], help: 'Connections accepted that wait for a ready worker' },
  eventLoopDelay: { name: 'hcnode_event_loop_delay_seconds', type: 'gauge', labels: ['worker', 'quantile'], help: 'Event-loop delay over the last second; the idle loop reads 0' },
  eventLoopUtilization: { name: 'hcnode_event_loop_utilization', type: 'gauge', labels: ['worker'], help: 'Share of the last second that the event loop was busy' },
  eventLoopBlocks: { name: 'hcnode_event_loop_blocks_total', type: 'counter', labels: [], help: 'Blocks of the event loop longer than BLOCK_THRESHOLD_MS' },
  heapUsedAfterGc: { name: 'hcnode_heap_used_after_gc_bytes', type: 'gauge', labels: ['worker'], help: 'Heap in use after the last full garbage collection' },
  heapSizeLimit: { name: 'hcnode_heap_size_limit_bytes', type: 'gauge', labels: ['worker'], help: 'Heap size at which the worker dies out of memory' },
  heapGrowth: { name: 'hcnode_heap_growth_bytes_per_second', type: 'gauge', labels: ['worker'], help: 'Trend of the heap after full garbage collections' },
  leakSuspected: { name: 'hcnode_leak_suspected', type: 'gauge', labels: ['worker'], help: '1 when the heap has grown through three windows in a row' },
  tasks: { name: 'hcnode_tasks_total', type: 'counter', labels: ['task', 'outcome'], help: 'CPU tasks by outcome: ok, error, timeout, rejected, aborted' },
  taskWait: { name: 'hcnode_task_wait_seconds', type: 'histogram', labels: ['task'], buckets: LATENCY_BUCKETS, help: 'Time a task waited for a thread' },
  taskRun: { name: 'hcnode_task_run_seconds', type: 'histogram', labels: ['task'], buckets: LATENCY_BUCKETS, help: 'Time a task ran in its thread' },
  taskQueueSize: { name: 'hcnode_task_queue_size', type: 'gauge', labels: [], help: 'Tasks that wait for a thread' },
  scrapeMissingWorkers: { name: 'hcnode_scrape_missing_workers', type: 'gauge', labels: [], help: 'Ready workers whose gauges are left out because they are silent' },
  seriesDropped: { name: 'hcnode_metric_series_dropped_total', type: 'counter', labels: ['metric'], help: 'Samples dropped because their metric has too many label sets' },
} as const satisfies Record<string, MetricDefinition>;

/**
 * Of what prom-client measures by itself in each process, the part that rules and dashboard ask for. The `worker` label is the
 * slot, which a replacement takes over, or "primary".
 */
export const processMetrics = {
  startTime: { name: 'process_start_time_seconds', type: 'gauge', labels: ['worker'], help: 'When the process started, in seconds since 1970' },
  cpu: { name: 'process_cpu_seconds_total', type: 'counter', labels: ['worker'], help: 'CPU time used' },
  residentMemory: { name: 'process_resident_memory_bytes', type: 'gauge', labels: ['worker'], help: 'Memory that the process holds' },
  openFiles: { name: 'process_open_fds', type: 'gauge', labels: ['worker'], help: 'Open file descriptors: files, sockets, pipes' },
  maxFiles: { name: 'process_max_fds', type: 'gauge', labels: ['worker'], help: 'File descriptors that the process may open' },
  garbageCollection: { name: 'nodejs_gc_duration_seconds', type: 'histogram', labels: ['worker', 'kind'], buckets: [0.001, 0.01, 0.1, 1, 2, 5], help: 'Time spent in garbage collections' },
} as const satisfies Record<string, MetricDefinition>;
