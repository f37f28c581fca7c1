import type { HandlerMark, Summary } from './summary.js';
import type { Target } from './targets.js';

/** A function that a handler of another file reaches. */
export interface ExternalRoot extends HandlerMark {
  /** Its place among the functions of its file. */
  readonly ordinal: number;
  /** The files that the way leads through: if one has changed, this may no longer be so. */
  readonly via: readonly string[];
}

/** Finds the file that an import means, or nothing if it is not one of the linted ones. */
export type ResolveModule = (fromFile: string, specifier: string) => string | undefined;

interface Place {
  readonly file: string;
  readonly ordinal: number;
}

interface Reached extends Place, HandlerMark {
  readonly names: readonly string[];
  readonly via: readonly string[];
}

/** Re-exports of re-exports are followed so far. */
const MAX_RE_EXPORTS = 10;
/** Names in a message, from the handler on. */
const MAX_NAMES = 4;

/**
 * Follows calls from handlers into other files, breadth first, so that messages name a shortest way.
 *
 * @param summaries by file
 * @returns for each file what handlers of others reach in it
 */
export function link(summaries: ReadonlyMap<string, Summary>, resolveModule: ResolveModule): Map<string, ExternalRoot[]> {
  const queue = startsOf(summaries, resolveModule);
  const visited = new Set(queue.map(keyOf));
  const roots = new Map<string, ExternalRoot[]>();
  for (const { via, ...start } of queue) if (via.length > 0) addRoot(roots, { ...start, via });
  for (let at = 0; at < queue.length; at++) {
    const from = queue[at];
    if (from === undefined) break;
    for (const target of summaries.get(from.file)?.functions[from.ordinal]?.calls ?? []) {
      const place = placeOf(from.file, target, summaries, resolveModule);
      if (place === undefined || visited.has(keyOf(place))) continue;
      visited.add(keyOf(place));
      const isCrossing = place.file !== from.file;
      const name = summaries.get(place.file)?.functions[place.ordinal]?.name ?? '';
      const next = { ...from, ...place, names: [...from.names, name], via: isCrossing ? [...new Set([...from.via, from.file])] : from.via };
      if (isCrossing) addRoot(roots, next);
      queue.push(next);
    }
  }
  return roots;
}

/** The handlers where they stand, and those that are registered in another file than theirs. */
function startsOf(summaries: ReadonlyMap<string, Summary>, resolveModule: ResolveModule): Reached[] {
  return [...summaries].flatMap(([file, { functions, registered }]) => [
    ...functions.flatMap(({ handler }, ordinal) => (handler === undefined ? [] : [{ file, ordinal, ...handler, reason: `${handler.reason} of ${file}`, names: [], via: [] }])),
    ...registered.flatMap(({ target, scope, reason }) => {
      const place = placeOf(file, target, summaries, resolveModule);
      return place === undefined || place.file === file ? [] : [{ ...place, scope, reason: `${reason} of ${file}`, names: [], via: [file] }];
    }),
  ]);
}

function addRoot(roots: Map<string, ExternalRoot[]>, { file, ordinal, scope, reason, names, via }: Reached): void {
  const way = names.slice(0, MAX_NAMES).join(' -> ');
  const root = { ordinal, scope, reason: way === '' ? reason : `${reason} via ${way}`, via };
  const known = roots.get(file);
  if (known === undefined) roots.set(file, [root]);
  else known.push(root);
}

function keyOf({ file, ordinal }: Place): string {
  return `${file}#${ordinal}`;
}

function placeOf(file: string, target: Target, summaries: ReadonlyMap<string, Summary>, resolveModule: ResolveModule, steps = 0): Place | undefined {
  if (typeof target === 'number') return { file, ordinal: target };
  if (steps > MAX_RE_EXPORTS) return undefined;
  const [specifier = '', path = ''] = target.split('#');
  const module = resolveModule(file, specifier);
  const summary = module === undefined ? undefined : summaries.get(module);
  if (module === undefined || summary === undefined) return undefined;
  for (const candidate of spellings(path)) {
    const found = lookUp(summary.exports, candidate);
    if (found !== undefined) return placeOf(module, found, summaries, resolveModule, steps + 1);
  }
  for (const star of summary.stars) {
    const place = placeOf(module, `${star}#${path}`, summaries, resolveModule, steps + 1);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** `module.exports = { save }` is `save` for a namespace and `default.save` for an import; so is what a namespace is called as. */
function spellings(path: string): readonly string[] {
  if (path === '*') return ['default'];
  return path.startsWith('default.') ? [path, path.slice('default.'.length)] : [path, `default.${path}`];
}

/** A function by its path; or what a longer path begins with, if that comes from yet another file. */
function lookUp(exports: Summary['exports'], path: string): Target | undefined {
  if (Object.hasOwn(exports, path)) return exports[path];
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const start = path.slice(0, dot);
    const target = Object.hasOwn(exports, start) ? exports[start] : undefined;
    if (typeof target === 'string') return target.endsWith('#*') ? `${target.slice(0, -1)}${path.slice(dot + 1)}` : `${target}${path.slice(dot)}`;
  }
  return undefined;
}
