import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { LAST_EVENTS } from '../data/emitters.js';
import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';
import type { Registration } from './registrations.js';
import { unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** A listener of a promise that loses a race, again and again. */
export interface RacedListener {
  readonly node: ESTree.Node;
  readonly emitter: ESTree.Node;
  readonly event: string;
  /** The event that comes each time. */
  readonly other: string;
}

interface Awaited {
  readonly node: ESTree.Node;
  readonly emitter: ESTree.Node;
  readonly event: string;
}

/**
 * `while (open) await Promise.race([once(stream, 'readable'), once(stream, 'end')])`: each round leaves its listener for `end`, for a promise that loses keeps what it waits with.
 * The promises may also be made by functions of the file that add a listener for one event to what they are given, and never take it off.
 */
export function racedListeners(registrations: readonly Registration[], model: FileModel): readonly RacedListener[] {
  return model.nodes.of('CallExpression').flatMap((race) => {
    const [list] = race.arguments;
    const loop = list?.type === 'ArrayExpression' && model.resolver.pathOf(race.callee) === 'global#Promise.race' ? loopAround(race) : undefined;
    if (loop === undefined || list?.type !== 'ArrayExpression') return [];
    const waits = list.elements.flatMap((element) => awaitedBy(unwrapped(element), registrations, model));
    const other = waits.find(({ event }) => !isLast(event));
    return other === undefined ? [] : waits.filter(({ event, emitter }) => isLast(event) && isOutside(model.places.of(emitter), loop)).map(({ node, emitter, event }) => ({ node, emitter, event, other: other.event }));
  });
}

function isLast(event: string): boolean {
  return event === 'error' || LAST_EVENTS.test(event);
}

/** The loop in which a node runs, in its function. */
function loopAround(node: Parented): ESTree.Node | undefined {
  const around = functionAround(node);
  for (let at = node.parent; at !== null && at !== undefined && at !== around; at = at.parent) if (/^(While|DoWhile|For|ForOf|ForIn)Statement$/.test(at.type)) return at;
  return undefined;
}

/** What was there before a loop, and is after it. */
function isOutside(emitter: Place | undefined, loop: ESTree.Node): boolean {
  if (emitter === undefined) return false;
  const [start, end] = loop.range ?? [0, 0];
  const defs = (emitter.root as Partial<Scope.Variable>).defs ?? [];
  return defs.every(({ name: { range } }) => range !== undefined && (range[0] < start || range[1] > end));
}

/** The event for which a promise waits: of `once(emitter, 'x')` without a signal, or of a function of the file. */
function awaitedBy(wait: ESTree.Node | undefined, registrations: readonly Registration[], { resolver, targets, functions, places }: FileModel): readonly Awaited[] {
  if (wait?.type !== 'CallExpression') return [];
  if (resolver.pathOf(wait.callee) === 'events#once') {
    const [emitter, event] = wait.arguments;
    return wait.arguments.length === 2 && emitter !== undefined && event?.type === 'Literal' && typeof event.value === 'string' ? [{ node: wait, emitter, event: event.value }] : [];
  }
  const makers = targets.of(wait.callee).flatMap((target) => (typeof target === 'number' ? (functions.list[target] ?? []) : []));
  return makers.flatMap((maker) => {
    const own = registrations.filter(({ call }) => isInside(call, maker));
    const [added] = own;
    if (own.length !== 1 || added === undefined || typeof added.event !== 'string' || typeof added.key !== 'object') return [];
    const position = maker.params.findIndex((parameter) => places.of(parameter) === added.key);
    const emitter = position < 0 ? added.emitter : wait.arguments[position];
    return emitter === undefined || (position < 0 && added.key.life === 'call') ? [] : [{ node: added.call, emitter, event: added.event }];
  });
}

function isInside(node: Parented, outer: ESTree.Node): boolean {
  for (let at: Parented | null | undefined = node; at !== null && at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
}
