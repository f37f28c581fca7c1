import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { RawAnswers } from '../answers/answers.js';
import { Stop } from '../cli/stop.js';
import { canonicalBase, sha256 } from '../state/base.js';
import { modeOf } from '../state/mode.js';
import { ownerOf } from '../state/owner.js';
import type { Disk } from './disk.js';
import { detectAnswers } from './detect-answers.js';
import { parseState, type ParsedState } from './parse-state.js';
import { BASE_PATH, readBase, type Base } from './read-base.js';
import { readRecordedAnswers } from './recorded-answers.js';
import type { Release } from './release.js';
import type { BaseFile, Remembered } from './remembered.js';

export const STATE_PATH = '.hcnode.json';

const OURS = /^<{7} .*$/m;

/**
 * Reads what the project remembers, and makes up for what is damaged as far as that can be known.
 * @param given the flags, which stand in for answers that are lost
 * @throws {Stop} when there is nothing to go by, or what there is is hostile or of a later version
 */
export function readRemembered(disk: Disk, release: Release, given: RawAnswers): Remembered {
  const entry = disk.entry(STATE_PATH);
  if (entry.kind === 'other') throw new Stop('refused', [`${STATE_PATH} cannot be read: ${entry.what}`]);
  const text = entry.kind === 'file' ? entry.bytes.toString('utf8') : undefined;
  const base = readBase(disk);
  const { state, warnings } = text === undefined ? { state: undefined, warnings: [] } : findState(text, base);
  if (state !== undefined) return remember(state, base, warnings, release);
  if (base === undefined) throw new Stop('refused', noState(disk.root, text));
  return rememberWithoutState(base, text, given);
}

/** The state as it is, or one side of it where git has left conflict markers. */
function findState(text: string, base: Base | undefined): { readonly state: ParsedState | undefined; readonly warnings: readonly string[] } {
  const whole = parseState(text);
  if (whole !== undefined || !OURS.test(text)) return { state: whole, warnings: [] };
  const sides = (['ours', 'theirs'] as const).map((side) => parseState(sideOf(text, side))).filter((side) => side !== undefined);
  // The base is one file of one of the two branches: the side that fits it is the one that tells what is in it.
  const state = sides.find((side) => side.base === base?.hash) ?? sides[0];
  if (state === undefined) return { state, warnings: [] };
  return { state, warnings: [`${STATE_PATH} has conflict markers; the side of version ${state.version} was taken${state.base === base?.hash ? `, which ${BASE_PATH} belongs to` : ''}`] };
}

/** One side of a text with git's markers, those of diff3 included. */
function sideOf(text: string, wanted: 'ours' | 'theirs'): string {
  let side: 'both' | 'ours' | 'base' | 'theirs' = 'both';
  const kept: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('<<<<<<< ')) side = 'ours';
    else if (side === 'ours' && line.startsWith('||||||| ')) side = 'base';
    else if (side !== 'both' && line.startsWith('=======')) side = 'theirs';
    else if (side === 'theirs' && line.startsWith('>>>>>>> ')) side = 'both';
    else if (side === 'both' || side === wanted) kept.push(line);
  }
  return kept.join('\n');
}

function remember(state: ParsedState, base: Base | undefined, warnings: readonly string[], release: Release): Remembered {
  const { version, answers, ejected } = state;
  if (base?.hash === state.base) return { version, answers, ejected, warnings, files: withTexts(state.files, base.files) };
  const composed = composeAnew(state, release);
  if (composed !== undefined) {
    return { version, answers, ejected, files: withTexts(state.files, composed), warnings: [...warnings, `${BASE_PATH} is missing or damaged; it was made anew, since this version wrote it`] };
  }
  const lost = `${BASE_PATH} is missing or does not belong to ${STATE_PATH}: files that you have not edited are known by their hashes, the others cannot be merged`;
  return { version, answers, ejected, files: state.files, warnings: [...warnings, lost] };
}

const withTexts = (files: readonly BaseFile[], texts: ReadonlyMap<string, string>): readonly BaseFile[] => files.map((file) => ({ ...file, text: texts.get(file.path) }));

/** The base, when this very version had written it. */
function composeAnew(state: ParsedState, release: Release): ReadonlyMap<string, string> | undefined {
  const read = readRecordedAnswers(state.answers);
  if (state.version !== release.version || read.project === undefined) return undefined;
  const composed = release.compose(read.project);
  return sha256(canonicalBase(composed)) === state.base ? composed : undefined;
}

/** Without .hcnode.json, the base still tells what was written, and the answers can be read off it. */
function rememberWithoutState(base: Base, damaged: string | undefined, given: RawAnswers): Remembered {
  const files = [...base.files].map(([path, text]) => ({ id: path, path, sha256: sha256(text), mode: modeOf(text), owner: ownerOf(path), text }));
  const detected = detectAnswers(base.files);
  const said = [...detected].filter(([key]) => ![...given.keys()].some((flag) => flag === key)).map(([key, value]) => `${key} ${String(value) === '' ? 'none' : String(value)}`);
  const what = damaged === undefined ? 'is missing' : 'is damaged';
  return { version: undefined, answers: detected, files, ejected: [], warnings: [`${STATE_PATH} ${what}; the answers were read off ${BASE_PATH}: ${said.join(', ')}; give the others as flags, or they take their defaults`] };
}

function noState(root: string, text: string | undefined): readonly string[] {
  const above = projectAbove(dirname(root));
  if (text !== undefined) return [`${join(root, STATE_PATH)} is damaged, and ${BASE_PATH} is missing or damaged, too`, 'Take them from an earlier commit; or delete both, and adopt the folder anew: create-hcnode . --force'];
  return [`${root} has no ${STATE_PATH}: it was not made by create-hcnode, or this file is lost`, above === undefined ? 'Name the folder of the service, or adopt this one: create-hcnode . --force' : `There is one in ${above}: run it there.`];
}

function projectAbove(folder: string): string | undefined {
  if (existsSync(join(folder, STATE_PATH))) return folder;
  return dirname(folder) === folder ? undefined : projectAbove(dirname(folder));
}
