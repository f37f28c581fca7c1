import { shown } from '../answers/read-answer.js';
import { nearest } from '../cli/nearest.js';
import { Stop } from '../cli/stop.js';
import { Disk } from './disk.js';
import { normalized } from './eject.js';
import { readText } from './file-text.js';
import { findAnswers } from './new-answers.js';
import { SIDECAR_ENDING, hasOurMarkers } from './outcome.js';
import { planUpgrade } from './plan.js';
import { readRemembered } from './read-state.js';
import { renderRelease, type Release } from './release.js';
import type { BaseFile } from './remembered.js';
import { diffOf } from './unified-diff.js';

export interface Explained {
  readonly path: string;
  readonly owner: 'managed' | 'seed' | 'ejected';
  /** What an upgrade does with such a file, in words. */
  readonly meaning: string;
  readonly id: string;
  /** The version that last wrote it. */
  readonly version: string | null;
  readonly state: 'as written' | 'edited' | 'deleted' | 'something else';
  /** Left to settle: markers in it, or a file beside it. */
  readonly unsettled: boolean;
  /** What `upgrade` with this version would do. */
  readonly next: string;
  /** Unified diff from what was written to what is there. */
  readonly edits: readonly string[];
}

const MEANINGS = {
  managed: 'written by create-hcnode; an upgrade merges its changes with yours',
  seed: 'a sample, written once; an upgrade never touches it',
  ejected: 'yours alone; an upgrade never touches it',
} as const;

/**
 * Tells whose a file is, what the user has changed in it, and what an upgrade would do. It changes nothing.
 * @throws {Stop} when no version has written such a file
 */
export async function explain(root: string, path: string, release: Release): Promise<Explained> {
  const wanted = normalized(path);
  const disk = new Disk(root);
  const remembered = readRemembered(disk, release, new Map());
  const base = remembered.files.find((file) => file.path === wanted);
  if (base === undefined) throw new Stop('usage', notOurs(wanted, remembered.files));
  const { project } = await findAnswers(remembered, release, new Map(), undefined);
  const { outcomes } = await planUpgrade(remembered, renderRelease(release, project), disk, release);
  const outcome = outcomes.find((candidate) => candidate.path === wanted || candidate.from === wanted);
  const owner = remembered.ejected.includes(wanted) ? 'ejected' : base.owner;
  return {
    path: wanted,
    owner,
    meaning: MEANINGS[owner],
    id: base.id,
    version: remembered.version ?? null,
    ...stateOf(base, disk),
    next: outcome === undefined || outcome.status === 'unchanged' ? 'nothing' : `${outcome.status}${outcome.reason === undefined ? '' : `: ${outcome.reason}`}`,
  };
}

function stateOf({ path, text }: BaseFile, disk: Disk): Pick<Explained, 'state' | 'unsettled' | 'edits'> {
  const entry = disk.entry(path);
  const unsettled = disk.entry(path + SIDECAR_ENDING).kind !== 'missing';
  if (entry.kind === 'missing') return { state: 'deleted', unsettled, edits: [] };
  const now = entry.kind === 'file' ? readText(entry.bytes)?.text : undefined;
  if (now === undefined || text === undefined) return { state: 'something else', unsettled, edits: [] };
  const edits = diffOf(text, now, { from: `a/${path}`, to: `b/${path}` });
  return { state: edits.length === 0 ? 'as written' : 'edited', unsettled: unsettled || hasOurMarkers(now), edits };
}

function notOurs(path: string, files: readonly BaseFile[]): readonly string[] {
  const near = nearest(path, files.map((file) => file.path));
  return [`${shown(path)} was not written by create-hcnode${near === undefined ? ': it is yours' : `; did you mean "${near}"?`}`];
}
