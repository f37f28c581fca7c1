import { createWriteStream, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { pipeline } from 'node:stream/promises';
import v8 from 'node:v8';
import { setTimeout as wait } from 'node:timers/promises';

import type { DiagnosticKind } from '../messages.js';

const SNAPSHOT_BYTES_PER_MS = 20_000;
const MIN_BLOCK_MS = 10_000;

/** How long a snapshot of this heap may block the event loop, in ms: generous, since the watchdog waits for it. */
export const snapshotBlockMs = (): number => MIN_BLOCK_MS + v8.getHeapStatistics().used_heap_size / SNAPSHOT_BYTES_PER_MS;

/** Writes a heap snapshot or a profile of this process to `file`. @throws when it could not be written */
export async function diagnose(kind: DiagnosticKind, seconds: number, file: string): Promise<void> {
  if (kind === 'heap-snapshot') {
    await pipeline(v8.getHeapSnapshot(), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
    if (statSync(file).size === 0) throw new Error('the snapshot is empty');
    return;
  }
  await writeFile(file, JSON.stringify(await profile(kind, seconds * 1000)), { flag: 'wx', mode: 0o600 });
}

async function profile(kind: 'cpu-profile' | 'heap-profile', durationMs: number): Promise<object> {
  const session = new Session();
  session.connect();
  try {
    if (kind === 'cpu-profile') {
      await session.post('Profiler.enable');
      await session.post('Profiler.start');
      await wait(durationMs);
      return (await session.post('Profiler.stop')).profile;
    }
    await session.post('HeapProfiler.startSampling');
    await wait(durationMs);
    return (await session.post('HeapProfiler.stopSampling')).profile;
  } finally {
    session.disconnect();
  }
}
