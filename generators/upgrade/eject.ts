import { shown } from '../answers/read-answer.js';
import { nearest } from '../cli/nearest.js';
import { Stop } from '../cli/stop.js';
import { applySteps } from './apply.js';
import { Disk } from './disk.js';
import { parseState } from './parse-state.js';
import { STATE_PATH } from './read-state.js';

export interface Ejected {
  readonly target: string;
  readonly ejected: readonly string[];
  /** Ejected before. */
  readonly already: readonly string[];
}

/**
 * Makes files the user's alone: no upgrade touches them again. A folder stands for every file of ours below it.
 * @param paths relative to the project
 * @throws {Stop} when there is no such file of ours, or .hcnode.json cannot be read
 */
export async function eject(root: string, paths: readonly string[], interruption: AbortSignal): Promise<Ejected> {
  const entry = new Disk(root).entry(STATE_PATH);
  const text = entry.kind === 'file' ? entry.bytes.toString('utf8') : undefined;
  const state = text === undefined ? undefined : parseState(text);
  if (state === undefined || text === undefined || entry.kind !== 'file') {
    throw new Stop('refused', [`${root} has no ${STATE_PATH} that can be read`, 'Run it in the folder of the service; a damaged file is made good by: create-hcnode upgrade']);
  }
  const known = state.files.map(({ path }) => path);
  const wanted = paths.flatMap((path) => matching(normalized(path), known));
  const fresh = [...new Set(wanted)].filter((path) => !state.ejected.includes(path));
  const already = wanted.filter((path) => state.ejected.includes(path));
  if (fresh.length > 0) {
    const bytes = Buffer.from(withEjected(text, [...state.ejected, ...fresh].toSorted()));
    await applySteps(root, [{ kind: 'write', path: STATE_PATH, bytes, mode: entry.mode }], { from: state.version, to: state.version, interruption, progress: () => undefined });
  }
  return { target: root, ejected: fresh, already };
}

function matching(path: string, known: readonly string[]): readonly string[] {
  const found = known.filter((candidate) => candidate === path || candidate.startsWith(`${path}/`));
  if (found.length > 0) return found;
  const near = nearest(path, known);
  throw new Stop('usage', [`${shown(path)} is no file of create-hcnode's${near === undefined ? '' : `; did you mean "${near}"?`}`, 'Paths are relative to the folder of the service, as in: create-hcnode eject Dockerfile']);
}

export const normalized = (path: string): string => path.replaceAll('\\', '/').replace(/^(\.\/)+/, '').replace(/\/+$/, '');

/** Only this list changes: what else somebody has put into the file stays. */
function withEjected(text: string, ejected: readonly string[]): string {
  // Parsed before, as an object with a list under this key.
  const state = JSON.parse(text.replace(/^\uFEFF/, '')) as { files: readonly object[] };
  const { files, ...head } = { ...state, ejected };
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "files": [\n${files.map((file) => `    ${JSON.stringify(file)}`).join(',\n')}\n  ]\n}\n`;
}
