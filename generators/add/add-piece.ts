import { Stop } from '../cli/stop.js';
import { applySteps } from '../upgrade/apply.js';
import { Disk } from '../upgrade/disk.js';
import type { Step } from '../upgrade/outcome.js';
import { parseState } from '../upgrade/parse-state.js';
import { STATE_PATH } from '../upgrade/read-state.js';
import { checkName } from './names.js';
import { type Insertion, type Piece, routePiece, taskPiece } from './piece.js';

export type PieceKind = 'route' | 'task';

export interface AddOptions {
  /** Absolute. */
  readonly root: string;
  readonly kind: PieceKind;
  readonly name: string;
  readonly dryRun: boolean;
  readonly interruption: AbortSignal;
}

/** What was added, as --json prints it. */
export interface Added {
  readonly target: string;
  readonly dryRun: boolean;
  readonly created: readonly string[];
  readonly changed: readonly string[];
  /** Lines whose place is gone: a person has to find another. */
  readonly byHand: readonly { readonly path: string; readonly lines: readonly string[] }[];
}

/**
 * Writes a new route or task with its test, and joins it to the rest; `undo` takes it back.
 * @throws {Stop} when this is no service of ours, or the name is not possible or taken
 */
export async function addPiece({ root, kind, name, dryRun, interruption }: AddOptions): Promise<Added> {
  checkName(kind, name);
  const disk = new Disk(root);
  const version = versionOf(disk);
  const piece = kind === 'route' ? routePiece(name) : taskPiece(name);
  stopForTaken(piece, disk);
  const inserted = piece.insertions.map((insertion) => ({ insertion, step: stepOf(insertion, disk) }));
  const steps: Step[] = [
    ...[...piece.files].map(([path, text]): Step => ({ kind: 'write', path, bytes: Buffer.from(text), mode: 0o644 })),
    ...inserted.flatMap(({ step }) => step ?? []),
  ];
  if (!dryRun) await applySteps(root, steps, { from: version, to: version, interruption, progress: () => undefined });
  return {
    target: root,
    dryRun,
    created: [...piece.files.keys()],
    changed: inserted.flatMap(({ step }) => (step === undefined ? [] : [step.path])),
    // The README is for people: without its table there is nothing to add to it.
    byHand: inserted.flatMap(({ insertion: { path, lines }, step }) => (step === undefined && path !== 'README.md' ? [{ path, lines }] : [])),
  };
}

function versionOf(disk: Disk): string {
  const entry = disk.entry(STATE_PATH);
  const state = entry.kind === 'file' ? parseState(entry.bytes.toString('utf8')) : undefined;
  if (state !== undefined) return state.version;
  throw new Stop('refused', [`${disk.root} has no ${STATE_PATH} that can be read`, 'Run it in the folder of the service; a damaged file is made good by: create-hcnode upgrade']);
}

function stopForTaken({ files, insertions }: Piece, disk: Disk): void {
  const taken = [...files.keys()].filter((path) => disk.entry(path).kind !== 'missing');
  if (taken.length > 0) throw new Stop('refused', taken.map((path) => `${path} is there already`));
  for (const { path, lines } of insertions) {
    const entry = disk.entry(path);
    const [line = ''] = lines;
    const identifier = /^import \{ (\w+) \}/.exec(line)?.[1];
    if (identifier !== undefined && entry.kind === 'file' && new RegExp(`\\b${identifier}\\b`).test(entry.bytes.toString('utf8'))) {
      throw new Stop('refused', [`${path} has a ${identifier} already`]);
    }
  }
}

/** The file with its new lines, in the line endings that it has; undefined where it, or the place in it, is gone. */
function stepOf({ path, into }: Insertion, disk: Disk): Extract<Step, { readonly kind: 'write' }> | undefined {
  const entry = disk.entry(path);
  if (entry.kind !== 'file') return undefined;
  const text = entry.bytes.toString('utf8');
  const isCrlf = text.includes('\r\n');
  const merged = into(isCrlf ? text.replaceAll('\r\n', '\n') : text);
  if (merged === undefined) return undefined;
  return { kind: 'write', path, bytes: Buffer.from(isCrlf ? merged.replaceAll('\n', '\r\n') : merged), mode: entry.mode };
}
