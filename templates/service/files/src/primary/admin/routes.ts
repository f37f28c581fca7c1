import type { ClusterState } from '../cluster-state.js';
import type { Diagnostics } from '../diagnostics.js';
import type { Reloader } from '../reload.js';
import type { Supervisor } from '../supervisor.js';
import { now, type WorkerRecord } from '../worker-record.js';
import { page } from './page.js';
import { AdminError, type Answer, type Route } from './server.js';

const MAX_WORKERS = 1024;
const MAX_PROFILE_SECONDS = 300;

interface Cluster {
  readonly supervisor: Supervisor;
  readonly reloader: Reloader;
  readonly state: ClusterState;
  readonly diagnostics: Diagnostics;
  readonly version: string;
}

export function adminRoutes({ supervisor, reloader, state, diagnostics, version }: Cluster): Route[] {
  return [
    {
      method: 'GET',
      path: /^\/metrics$/,
      handle: async () => ({ status: 200, body: await state.render(), type: 'text/plain; version=0.0.4; charset=utf-8' }),
    },
    { method: 'GET', path: /^\/$/, handle: () => ({ status: 200, body: page, type: 'text/html; charset=utf-8' }) },
    { method: 'GET', path: /^\/livez$/, handle: () => ({ status: 200, body: { status: 'ok' } }) },
    { method: 'GET', path: /^\/readyz$/, handle: readiness },
    { method: 'GET', path: /^\/status$/, handle: () => ({ status: 200, body: status() }) },
    { method: 'POST', path: /^\/reload$/, handle: reload },
    { method: 'POST', path: /^\/workers\/(\d+)\/restart$/, handle: ({ parameters }) => restart(worker(parameters[0])) },
    { method: 'PUT', path: /^\/workers$/, handle: ({ body }) => scale(body) },
    {
      method: 'POST',
      path: /^\/workers\/(\d+)\/(heap-snapshot|cpu-profile|heap-profile)$/,
      handle: async ({ parameters, query }) => {
        const kind = diagnostics.kindOf(parameters[1]);
        const file = await diagnostics.take(worker(parameters[0]), kind, seconds(query, kind === 'cpu-profile' ? 10 : 30));
        return { status: 201, body: { file } };
      },
    },
    { method: 'GET', path: /^\/diagnostics$/, handle: () => ({ status: 200, body: diagnostics.list() }) },
    { method: 'GET', path: /^\/diagnostics\/([\w.-]+)$/, handle: ({ parameters }) => diagnostics.download(parameters[0] ?? '') },
  ];

  function readiness(): Answer {
    const ready = supervisor.ready().length;
    const isReady = ready > 0 && !supervisor.isStopping() && !supervisor.isLeaving();
    return { status: isReady ? 200 : 503, body: { status: isReady ? 'ready' : 'not ready', ready, wanted: supervisor.wanted } };
  }

  function status(): object {
    return {
      version,
      pid: process.pid,
      uptimeMs: Math.round(process.uptime() * 1000),
      wanted: supervisor.wanted,
      restarts: supervisor.restarts,
      crashLoop: supervisor.isCrashLoop,
      reload: { running: reloader.isReloading, last: reloader.last ?? null },
      leaksSuspected: supervisor.records.filter(({ vitals }) => vitals?.leakSuspected).map(({ id }) => id),
      workers: supervisor.records.map(describe),
    };
  }

  function reload(): Answer {
    reloader.reload('admin');
    return { status: 202, body: { status: 'reload started' } };
  }

  function restart(record: WorkerRecord): Answer {
    void supervisor.replace(record, 'reload');
    return { status: 202, body: { status: 'restart started', id: record.id } };
  }

  function scale(body: unknown): Answer {
    const count = typeof body === 'object' && body !== null && 'count' in body ? body.count : undefined;
    if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > MAX_WORKERS) {
      throw new AdminError(400, `Send {"count": N} with an integer from 1 to ${MAX_WORKERS}.`);
    }
    supervisor.scale(count);
    return { status: 200, body: { wanted: supervisor.wanted } };
  }

  function worker(id: string | undefined): WorkerRecord {
    const record = supervisor.find(Number(id));
    if (record?.state !== 'ready') throw new AdminError(404, `No ready worker has the id ${id ?? ''}; GET /status lists them.`);
    return record;
  }
}

function seconds(query: URLSearchParams, otherwise: number): number {
  const value = Number(query.get('seconds') ?? otherwise);
  if (!(value > 0 && value <= MAX_PROFILE_SECONDS)) throw new AdminError(400, `seconds must be above 0 and at most ${MAX_PROFILE_SECONDS}.`);
  return value;
}

function describe({ id, pid, state, slot, generation, restarts, forkedAtMs, vitals }: WorkerRecord): object {
  return {
    id,
    pid,
    state,
    slot,
    generation,
    uptimeMs: Math.round(now() - forkedAtMs),
    restarts,
    rssBytes: vitals?.rssBytes ?? 0,
    heapUsedBytes: vitals?.heapUsedBytes ?? 0,
    eventLoopDelayP99Ms: vitals?.eventLoopDelayP99Ms ?? 0,
    eventLoopUtilization: vitals?.eventLoopUtilization ?? 0,
    inFlight: vitals?.inFlight ?? 0,
    connections: vitals?.connections ?? 0,
    overloaded: vitals?.overloaded ?? false,
  };
}
