import { mergeFile } from '../merge/merge.js';
import type { MergeLabels } from '../merge/result.js';
import { sha256 } from '../state/base.js';
import type { TemplateFile } from '../state/template-file.js';
import type { Disk, Entry } from './disk.js';
import { mergedMode, newFileMode } from './file-mode.js';
import { readText, type FileText } from './file-text.js';
import { SIDECAR_ENDING, takesMarkers, type Outcome, type Step } from './outcome.js';
import type { BaseFile } from './remembered.js';

/** A file in the old version, in the new one, or in both. */
export interface Pair {
  readonly base: BaseFile | undefined;
  readonly theirs: TemplateFile | undefined;
}

export interface Context {
  readonly disk: Disk;
  readonly labels: MergeLabels;
  readonly isEjected: (path: string) => boolean;
  /** Paths whose file goes elsewhere or away in the same upgrade. */
  readonly vacated: ReadonlySet<string>;
  /** Why a file is gone, by its path, where a migration says so. */
  readonly deletions: ReadonlyMap<string, string>;
}

type UserFile = Extract<Entry, { kind: 'file' }>;

/** Decides about one file. It changes nothing. */
export async function classify({ base, theirs }: Pair, context: Context): Promise<Outcome> {
  if (base === undefined) return theirs === undefined ? { path: '', status: 'unchanged', steps: [] } : create(theirs, context);
  const path = theirs?.path ?? base.path;
  const isChanged = theirs === undefined || theirs.text !== base.text || theirs.path !== base.path || theirs.mode !== base.mode;
  if (context.isEjected(base.path) || context.isEjected(path)) return keepIf(isChanged, base.path, 'ejected: yours alone');
  const entry = context.disk.entry(base.path);
  if (entry.kind === 'other') return keepIf(isChanged, base.path, entry.what);
  if (entry.kind === 'missing') return keepIf(theirs !== undefined && isChanged, path, 'you deleted it');
  if (theirs === undefined) return remove(base, entry, context);
  if (theirs.owner === 'seed' && !(theirs.path !== base.path && isUntouched(entry, base))) return keepIf(isChanged, base.path, 'a sample, yours since it was written');
  return update(base, entry, theirs, context);
}

const keepIf = (isWorthTelling: boolean, path: string, reason: string): Outcome => ({ path, status: isWorthTelling ? 'kept' : 'unchanged', reason, steps: [] });

function create(theirs: TemplateFile, context: Context): Outcome {
  const { path } = theirs;
  if (context.isEjected(path)) return { path, status: 'unchanged', steps: [] };
  const entry = freed(context.disk.entry(path), path, context);
  if (entry.kind === 'missing') return { path, status: 'created', steps: [writeNew(theirs)] };
  if (entry.kind === 'file' && readText(entry.bytes)?.text === theirs.text) return { path, status: 'unchanged', steps: [] };
  return beside(theirs, entry.kind === 'file' ? 'you have a file there' : entry.what, context);
}

/** A file of ours that goes elsewhere in the same upgrade is not in the way. */
function freed(entry: Entry, path: string, { vacated }: Context): Entry {
  const isFreed = entry.kind === 'file' ? vacated.has(path) : entry.kind === 'other' && vacated.has(entry.by);
  return isFreed ? { kind: 'missing' } : entry;
}

function remove(base: BaseFile, entry: UserFile, { deletions }: Context): Outcome {
  const { path } = base;
  if (isUntouched(entry, base)) return { path, status: 'deleted', steps: [{ kind: 'delete', path }] };
  const why = deletions.get(path);
  return { path, status: 'kept', reason: `you have edited it; the new version does without it${why === undefined ? '' : `: ${why}`}`, steps: [] };
}

async function update(base: BaseFile, entry: UserFile, theirs: TemplateFile, context: Context): Promise<Outcome> {
  const { path } = theirs;
  const isMoved = path !== base.path;
  if (isMoved) {
    const destination = freed(context.disk.entry(path), path, context);
    if (destination.kind !== 'missing') {
      const outcome = beside(theirs, `${base.path} belongs there now, and ${destination.kind === 'file' ? 'you have a file there' : destination.what}`, context);
      return { ...outcome, from: base.path };
    }
  }
  const mode = mergedMode(entry.mode, base.mode, theirs.mode);
  const put = (bytes: Buffer): readonly Step[] => {
    if (!isMoved && bytes.equals(entry.bytes) && mode === entry.mode) return [];
    return [{ kind: 'write', path, bytes, mode }, ...(isMoved ? [{ kind: 'delete' as const, path: base.path }] : [])];
  };
  const outcome = await mergeContent(base, entry, theirs, context, put);
  if (!isMoved || outcome.status === 'kept') return outcome;
  return { ...outcome, from: base.path, status: outcome.status === 'conflict' ? 'conflict' : 'renamed' };
}

async function mergeContent(base: BaseFile, entry: UserFile, theirs: TemplateFile, context: Context, put: (bytes: Buffer) => readonly Step[]): Promise<Outcome> {
  const { path } = theirs;
  const ours = readText(entry.bytes);
  const settled = (status: Outcome['status'], bytes: Buffer): Outcome => {
    const steps = put(bytes);
    return { path, status: steps.length === 0 ? 'unchanged' : status, steps };
  };
  if (isUntouched(entry, base)) return settled('updated', ours?.encode(theirs.text) ?? Buffer.from(theirs.text));
  // Only moved, or only another mode: the user's bytes as they are.
  if (base.text === theirs.text || ours?.text === theirs.text) return settled('merged', entry.bytes);
  if (ours === undefined || base.text === undefined) {
    const conflict = beside(theirs, ours === undefined ? 'what you put there is no text' : 'you have edited it, and what it was made from is lost', context);
    return { ...conflict, steps: [...put(entry.bytes), ...conflict.steps] };
  }
  const result = await mergeFile(path, base.text, ours.text, theirs.text, context.labels);
  if (result.kind === 'clean') return settled('merged', ours.encode(result.text));
  return settleConflict(result, ours, theirs, context, { put, bytes: entry.bytes });
}

function settleConflict(
  result: { readonly text: string; readonly hasMarkers: boolean },
  ours: FileText,
  theirs: TemplateFile,
  context: Context,
  { put, bytes }: { readonly put: (bytes: Buffer) => readonly Step[]; readonly bytes: Buffer },
): Outcome {
  const { path } = theirs;
  if (result.hasMarkers && takesMarkers(path)) return { path, status: 'conflict', reason: 'both changed the same lines', hasMarkers: true, steps: put(ours.encode(result.text)) };
  const conflict = beside(theirs, 'both changed the same place', context);
  // With markers the text would not do for the program that reads it: then all of it stays the user's.
  const kept = result.hasMarkers ? bytes : ours.encode(result.text);
  return { ...conflict, steps: [...put(kept), ...conflict.steps] };
}

/** Leaves the user's file alone and puts ours beside it. */
function beside(theirs: TemplateFile, reason: string, { disk }: Context): Outcome {
  const sidecar = `${theirs.path}${SIDECAR_ENDING}`;
  const entry = disk.entry(sidecar);
  if (entry.kind === 'other') return { path: theirs.path, status: 'kept', reason: `${reason}; ${entry.what}, so that nothing was written there`, steps: [] };
  return { path: theirs.path, status: 'conflict', reason, sidecar, hasMarkers: false, steps: [{ ...writeNew(theirs), path: sidecar }] };
}

const writeNew = (theirs: TemplateFile): Extract<Step, { kind: 'write' }> => ({ kind: 'write', path: theirs.path, bytes: Buffer.from(theirs.text), mode: newFileMode(theirs.mode) });

/** Also with line ends of another system: git may have put them there. */
function isUntouched({ bytes }: UserFile, base: BaseFile): boolean {
  if (sha256(bytes) === base.sha256) return true;
  const text = readText(bytes)?.text;
  return text !== undefined && (base.text === undefined ? sha256(text) === base.sha256 : text === base.text);
}
