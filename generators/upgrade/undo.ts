import { Stop } from '../cli/stop.js';
import { sha256 } from '../state/base.js';
import { applySteps, readJournal, recover, UNDO } from './apply.js';
import { Disk } from './disk.js';
import { hashNow } from './journal.js';
import type { Step } from './outcome.js';

export interface UndoOptions {
  readonly root: string;
  /** Go on when files were edited after the upgrade: these stay as they are. */
  readonly force: boolean;
  readonly interruption: AbortSignal;
}

export interface Undone {
  readonly target: string;
  readonly from: string;
  readonly to: string;
  readonly files: readonly string[];
  /** Edited after the upgrade, and left as they are. */
  readonly kept: readonly string[];
}

/**
 * Brings back what was there before the last upgrade. The same again brings the upgrade back.
 * @throws {Stop} when there is no upgrade to undo, or a file was edited after it
 */
export async function undo({ root, force, interruption }: UndoOptions): Promise<Undone> {
  const taken = recover(root);
  if (taken !== undefined) return { target: root, from: 'an upgrade that was killed', to: 'what was before it', files: [], kept: taken };
  const journal = readJournal(root, UNDO);
  if (journal === undefined) throw new Stop('refused', [`${root} has no upgrade to undo`, 'What to go back to is kept in .hcnode/undo of the folder in which the upgrade ran; it is not in git.']);

  const disk = new Disk(root);
  const steps: Step[] = [];
  const kept: string[] = [];
  for (const [index, { path, before, after }] of journal.entries.entries()) {
    const now = hashNow(journal, path, disk);
    if (now === before) continue;
    if (now !== after) kept.push(path);
    else steps.push(before === null ? { kind: 'delete', path } : takeOld(root, path, index, before));
  }
  if (kept.length > 0 && !force) {
    throw new Stop('refused', [`edited after the upgrade: ${kept.join(', ')}`, 'With --force these stay as they are, and all others go back.']);
  }
  const ordered = [...steps.filter(({ kind }) => kind === 'delete'), ...steps.filter(({ kind }) => kind === 'write')];
  await applySteps(root, ordered, { from: journal.to, to: journal.from, interruption, progress: () => undefined });
  return { target: root, from: journal.to, to: journal.from, files: ordered.map(({ path }) => path), kept };
}

function takeOld(root: string, path: string, index: number, hash: string): Step {
  const old = new Disk(root).entry(`${UNDO}/old/${index}`);
  if (old.kind !== 'file' || sha256(old.bytes) !== hash) throw new Stop('refused', [`.hcnode/undo is damaged: what was in ${path} is lost`, 'Nothing was changed.']);
  return { kind: 'write', path, bytes: old.bytes, mode: old.mode };
}
