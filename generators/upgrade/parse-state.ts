import { shown } from '../answers/read-answer.js';
import { Stop } from '../cli/stop.js';
import { isVersion } from './compare-versions.js';
import { pathFault } from './safe-path.js';
import type { BaseFile } from './remembered.js';

/** The schema of .hcnode.json that is read here. */
const SCHEMA = 1;
const SHA256 = /^[0-9a-f]{64}$/;

/** .hcnode.json, checked. */
export interface ParsedState {
  readonly version: string;
  readonly answers: ReadonlyMap<string, unknown>;
  /** SHA-256 of the canonical text of the base. */
  readonly base: string;
  readonly ejected: readonly string[];
  readonly files: readonly BaseFile[];
}

/**
 * Takes .hcnode.json apart. It comes with the repository, so nothing in it is believed before it was looked at.
 * The outcome is undefined when it is damaged.
 * @throws {Stop} when it was written by a version with another schema, or names a path that leads out of the project
 */
export function parseState(text: string): ParsedState | undefined {
  const state = parseObject(text.replace(/^\uFEFF/, ''));
  if (state === undefined) return undefined;
  const { schema, version, answers, base, ejected, files } = Object.fromEntries(['schema', 'version', 'answers', 'base', 'ejected', 'files'].map((key) => [key, ownValue(state, key)]));
  if (typeof schema === 'number' && schema > SCHEMA) {
    throw new Stop('refused', [`.hcnode.json has schema ${schema}, which a later version of create-hcnode writes`, 'Use that version, or a later one.']);
  }
  const recorded = asObject(answers);
  const isSound = schema === SCHEMA && typeof version === 'string' && isVersion(version) && recorded !== undefined && typeof base === 'string' && SHA256.test(base);
  if (!isSound || !isTexts(ejected) || !Array.isArray(files)) return undefined;
  const known = files.map(parseFile);
  if (!known.every((file) => file !== undefined) || hasTwice(known)) return undefined;
  stopForUnsafe([...known.map(({ path }) => path), ...ejected], '.hcnode.json');
  return { version, answers: new Map(Object.entries(recorded)), base, ejected, files: known };
}

/** @throws {Stop} naming the path */
export function stopForUnsafe(paths: readonly string[], where: string): void {
  for (const path of paths) {
    const fault = pathFault(path);
    if (fault !== undefined) throw new Stop('refused', [`${where} names the path ${shown(path)}, which ${fault}`, 'No version of create-hcnode wrote this; look who did.']);
  }
}

function parseFile(value: unknown): BaseFile | undefined {
  const file = asObject(value);
  if (file === undefined) return undefined;
  const [id, path, sha256, mode, owner] = ['id', 'path', 'sha256', 'mode', 'owner'].map((key) => ownValue(file, key));
  if (typeof id !== 'string' || typeof path !== 'string' || typeof sha256 !== 'string' || !SHA256.test(sha256)) return undefined;
  if ((mode !== '644' && mode !== '755') || (owner !== 'managed' && owner !== 'seed')) return undefined;
  return { id, path, sha256, mode, owner, text: undefined };
}

const hasTwice = (files: readonly BaseFile[]): boolean =>
  new Set(files.map(({ id }) => id)).size < files.length || new Set(files.map(({ path }) => path.toLowerCase())).size < files.length;

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');

/** Of the object itself: `__proto__` in JSON is a key like any other, and what every object has is none. */
const ownValue = (object: object, key: string): unknown => Object.getOwnPropertyDescriptor(object, key)?.value;

const asObject = (value: unknown): object | undefined => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined);

function parseObject(text: string): object | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    // Damaged: what to do about it is the caller's question.
    return undefined;
  }
}
