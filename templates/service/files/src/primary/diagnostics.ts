import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import type { DiagnosticKind } from '../messages.js';
import { within } from '../within.js';
import { AdminError, type Answer } from './admin/server.js';
import { type Supervisor } from './supervisor.js';
import type { WorkerRecord } from './worker-record.js';

const BYTES_PER_MB = 1_048_576;
/** A heap snapshot takes about this many times the heap on disk; less free room than that is refused before it starts. */
const SNAPSHOT_FACTOR = 3;
/** What a worker may take beyond the seconds asked for: a snapshot of a large heap blocks for long. */
const PATIENCE_MS = 120_000;

const endings: Readonly<Record<DiagnosticKind, string>> = {
  'heap-snapshot': 'heapsnapshot',
  'cpu-profile': 'cpuprofile',
  'heap-profile': 'heapprofile',
};
const OURS = /^worker-\d+-[\w-]+\.(heapsnapshot|cpuprofile|heapprofile)$/;

export interface Diagnostics {
  kindOf(text: string | undefined): DiagnosticKind;
  /** Has one worker write a file; it gets no new connections meanwhile. @returns the file's name */
  take(record: WorkerRecord, kind: DiagnosticKind, seconds: number): Promise<string>;
  list(): { readonly file: string; readonly bytes: number }[];
  download(file: string): Answer;
}

/** Snapshots and profiles, asked of workers and kept in one folder within its budget. */
export function createDiagnostics(supervisor: Supervisor, folder: string, maxMb: number): Diagnostics {
  const directory = resolve(folder);
  let sequence = 0;

  return {
    kindOf(text) {
      const kind = Object.keys(endings).find((name) => name === text);
      if (!kind) throw new AdminError(404, `No such diagnosis: ${text ?? ''}`);
      return kind as DiagnosticKind; // One of the keys, as found.
    },
    take,
    list: () => files().map(({ file, bytes }) => ({ file, bytes })),
    download(file) {
      const found = files().find((each) => each.file === file);
      if (!found) throw new AdminError(404, `No such file: ${file}`);
      return { status: 200, type: 'application/octet-stream', stream: () => createReadStream(join(directory, found.file)) };
    },
  };

  async function take(record: WorkerRecord, kind: DiagnosticKind, seconds: number): Promise<string> {
    if (record.isParked) throw new AdminError(409, 'This worker is being diagnosed already.');
    makeRoom((record.vitals?.heapUsedBytes ?? 0) * SNAPSHOT_FACTOR);
    const request = ++sequence;
    const time = new Date().toISOString().replaceAll(/[:.]/g, '-');
    const file = `worker-${record.slot}-${time}-${request}.${endings[kind]}`;
    // Out of rotation only for what blocks; a profile is of the worker at work.
    record.isParked = kind === 'heap-snapshot';
    try {
      supervisor.send(record, { type: 'diagnose', request, kind, seconds, file: join(directory, file) });
      await answer(record, request, seconds);
    } finally {
      record.isParked = false;
    }
    makeRoom(0);
    return file;
  }

  /** Waits for a worker's answer. However that ends, nothing goes on listening for it. */
  async function answer(record: WorkerRecord, request: number, seconds: number): Promise<void> {
    let stopListening = (): void => {};
    const answered = new Promise<'answered'>((resolveAnswer, reject) => {
      const onMessage = (from: WorkerRecord, message: { type: string; request?: number; error?: string }): void => {
        if (from !== record || message.type !== 'diagnosed' || message.request !== request) return;
        if (message.error === undefined) resolveAnswer('answered');
        else reject(new AdminError(507, message.error));
      };
      const onExit = (): void => { reject(new AdminError(503, 'The worker died meanwhile.')); };
      supervisor.on('message', onMessage);
      record.process.once('exit', onExit);
      stopListening = (): void => {
        supervisor.off('message', onMessage);
        record.process.off('exit', onExit);
      };
    });
    try {
      if ((await within(answered, seconds * 1000 + PATIENCE_MS)) === undefined) throw new AdminError(504, 'The worker did not finish in time.');
    } finally {
      stopListening();
    }
  }

  /** Removes the oldest files of ours until the budget holds, and refuses when the disk itself is full. */
  function makeRoom(bytesNeeded: number): void {
    makeFolder(directory);
    const kept = files();
    let total = kept.reduce((sum, { bytes }) => sum + bytes, bytesNeeded);
    while (total > maxMb * BYTES_PER_MB) {
      const oldest = kept.shift();
      if (!oldest) throw new AdminError(507, `DIAGNOSTICS_MAX_MB=${maxMb} is too small for this.`);
      rmSync(join(directory, oldest.file), { force: true });
      total -= oldest.bytes;
    }
    const { bavail, bsize } = statfsSync(directory);
    if (bavail * bsize < bytesNeeded) throw new AdminError(507, `The disk of ${directory} is full.`);
  }

  function files(): { file: string; bytes: number; at: number }[] {
    try {
      return readdirSync(directory)
        .filter((file) => OURS.test(file))
        .map((file) => ({ file, stats: statSync(join(directory, file)) }))
        .map(({ file, stats }) => ({ file, bytes: stats.size, at: stats.mtimeMs }))
        .sort((a, b) => a.at - b.at);
    } catch {
      return []; // No folder yet.
    }
  }
}

/** Folder by folder: Node's own `recursive` never ends where the kernel makes no folders, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    throw new AdminError(507, `DIAGNOSTICS_DIR cannot be made: ${error instanceof Error ? error.message : String(error)}`);
  }
}
