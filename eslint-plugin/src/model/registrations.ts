import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { ADD_METHODS, ONCE_METHODS, REMOVE_ALL_METHODS, REMOVE_METHODS } from '../data/emitters.js';
import { fieldOf } from './injected.js';
import type { FileModel } from './model.js';
import { constantExpression, optionOf } from './options.js';
import type { Place } from './places.js';
import { propertyOf, unwrapped } from './resolver.js';
import { sharedGetter } from './shared-getters.js';

/** A call that adds a listener to an emitter, or removes one or all. */
export interface Registration {
  readonly call: ESTree.SimpleCallExpression;
  readonly kind: 'add' | 'once' | 'remove' | 'remove-all';
  readonly method: string;
  /** Through chains: `bus` of `bus.on('a', f).on('b', g)`. */
  readonly emitter: ESTree.Node;
  /** The place of the emitter, or the text of a call that always gives the same one, such as `Bus.getInstance()`; undefined where names do not tell. */
  readonly key: Place | string | undefined;
  /** A text, the place of a constant, or undefined where it is not known or all are meant. */
  readonly event: string | Place | undefined;
  readonly eventNode: ESTree.Node | undefined;
  readonly listener: ESTree.Node | undefined;
  readonly options: ESTree.Node | undefined;
}

const MAX_CHAIN = 50;
/** Objects whose `setTimeout(ms, f)` adds a listener for 'timeout'. */
const TIMED = /^(socket|connection|req|request|clientRequest)$/;

/**
 * All that adds and removes listeners in a file.
 *
 * @param methods more names of methods that add a listener
 */
export function registrationsOf(model: FileModel, sourceCode: SourceCode, methods: readonly string[]): readonly Registration[] {
  const found: Registration[] = [];
  for (const call of model.nodes.of('CallExpression')) {
    const callee = unwrapped(call.callee);
    const method = callee?.type === 'MemberExpression' ? propertyOf(callee) : undefined;
    if (callee?.type === 'MemberExpression' && method === 'setTimeout') found.push(...ofTimeout(call, callee, model, sourceCode));
    const kind = method === undefined ? undefined : kindOf(method, methods);
    if (callee?.type !== 'MemberExpression' || method === undefined || kind === undefined || isModuleFunction(callee, model)) continue;
    const [eventNode, listener, options] = call.arguments;
    const isAdding = kind === 'add' || kind === 'once';
    if (isAdding && (listener === undefined || !isEvent(eventNode) || !mayBeFunction(listener))) continue;
    const emitter = startOfChain(callee.object);
    const isAll = kind === 'remove-all' || (kind === 'remove' && listener === undefined);
    found.push({
      call, kind: isAll ? 'remove-all' : isAdding && isOnce(options, model) ? 'once' : kind, method, emitter, eventNode, listener, options,
      key: keyOf(emitter, model, sourceCode),
      event: eventNode === undefined ? undefined : eventOf(eventNode, model),
    });
  }
  return found;
}

/** `socket.setTimeout(ms, f)`: what it adds stays until the event comes. */
function ofTimeout(call: ESTree.SimpleCallExpression, { object: emitter }: ESTree.MemberExpression, model: FileModel, sourceCode: SourceCode): readonly Registration[] {
  const [, listener] = call.arguments;
  const owner = unwrapped(emitter);
  const name = owner?.type === 'MemberExpression' ? propertyOf(owner) : owner?.type === 'Identifier' ? owner.name : undefined;
  if (listener === undefined || !mayBeFunction(listener) || !TIMED.test(name ?? '')) return [];
  return [{ call, kind: 'once', method: 'setTimeout', emitter, eventNode: undefined, listener, options: undefined, key: keyOf(emitter, model, sourceCode), event: 'timeout' }];
}

function kindOf(method: string, methods: readonly string[]): Registration['kind'] | undefined {
  if (ADD_METHODS.has(method) || methods.includes(method)) return 'add';
  if (ONCE_METHODS.has(method)) return 'once';
  if (REMOVE_METHODS.has(method)) return 'remove';
  return REMOVE_ALL_METHODS.has(method) ? 'remove-all' : undefined;
}

/** `events.on(bus, 'x')` */
function isModuleFunction(callee: ESTree.MemberExpression, { resolver }: FileModel): boolean {
  return /^events#(on|once)$/.test(resolver.pathOf(callee) ?? '');
}

function isEvent(node: ESTree.Node | undefined): boolean {
  const event = unwrapped(node);
  if (event?.type === 'Literal') return typeof event.value === 'string' && event.value !== '*/*';
  return event?.type === 'TemplateLiteral' || event?.type === 'Identifier' || event?.type === 'MemberExpression' || event?.type === 'BinaryExpression';
}

function mayBeFunction(node: ESTree.Node): boolean {
  const listener = unwrapped(node);
  return listener !== undefined && ['ArrowFunctionExpression', 'FunctionExpression', 'Identifier', 'MemberExpression', 'CallExpression', 'ThisExpression', 'AssignmentExpression', 'LogicalExpression', 'ConditionalExpression'].includes(listener.type);
}

function isOnce(options: ESTree.Node | undefined, { resolver }: FileModel): boolean {
  const once = options === undefined ? 'absent' : optionOf(options, ['once'], resolver);
  return typeof once === 'object' && once.type === 'Literal' && once.value === true;
}

function startOfChain(given: ESTree.Node): ESTree.Node {
  let node = unwrapped(given) ?? given;
  for (let steps = 0; steps < MAX_CHAIN; steps += 1) {
    const callee = node.type === 'CallExpression' ? unwrapped(node.callee) : undefined;
    const method = callee?.type === 'MemberExpression' ? propertyOf(callee) ?? '' : '';
    if (callee?.type !== 'MemberExpression' || !(ADD_METHODS.has(method) || ONCE_METHODS.has(method) || REMOVE_METHODS.has(method) || method === 'setMaxListeners')) return node;
    node = unwrapped(callee.object) ?? callee.object;
  }
  return node;
}

function keyOf(emitter: ESTree.Node, model: FileModel, sourceCode: SourceCode): Place | string | undefined {
  const place = model.places.of(emitter);
  // What is as old as the process needs no getter.
  if (place?.life === 'process') return place;
  return sharedGetter(emitter, model, sourceCode) ?? (place && fieldOf(place, model));
}

function eventOf(given: ESTree.Node, { resolver, places }: FileModel): string | Place | undefined {
  const node = constantExpression(given, resolver);
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined;
  return places.of(given);
}
