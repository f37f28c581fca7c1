import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import type { Accumulation } from './accumulation.js';
import { isWithin, type BodyReader } from './body-readers.js';
import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const RELATIONAL = /^[<>]=?$/;
const STOPPING = new Set(['destroy', 'pause', 'unpipe', 'abort', 'close', 'terminate', 'cancel', 'removeAllListeners', 'removeListener', 'off']);
const SHRINKING = new Set(['shift', 'pop', 'splice', 'clear', 'delete', 'consume']);
/** Functions of other files that are given the size or the chunk, and say that they look at it. */
const CHECKING_NAME = /limit|max|check|assert|guard|enforce|size|quota|exceed/i;
const MAX_CALLERS = 20;

export interface BodyBounds {
  /** Whether something keeps what a reader adds from growing for ever. */
  readonly isBounded: (reader: BodyReader, added: readonly Accumulation[]) => boolean;
  /** Whether the length that the client announces was compared before. */
  readonly isAnnounced: (node: ESTree.Node) => boolean;
  /** Whether a place is still there at the next chunk. */
  readonly outlives: (place: Place, reader: BodyReader) => boolean;
}

/** @param comparisons the relational comparisons of the file */
export function makeBodyBounds(model: FileModel, comparisons: readonly ESTree.BinaryExpression[]): BodyBounds {
  const { nodes, places, functions, targets, resolver, callersOf } = model;
  const limits = comparisons.filter((node) => RELATIONAL.test(node.operator) && !isTrivial(node.left) && !isTrivial(node.right));

  /** The code for a chunk, and the functions of the file that it calls. */
  function regionsOf(body: ESTree.Node): readonly ESTree.Node[] {
    const called = nodes.of('CallExpression').filter((call) => isWithin(call, body)).flatMap((call) => targets.of(call.callee)).flatMap((target) => (typeof target === 'number' ? (functions.list[target] ?? []) : []));
    return [body, ...called];
  }

  function stops(region: ESTree.Node): boolean {
    if (limits.some((limit) => isWithin(limit, region))) return true;
    return nodes.of('CallExpression').some((call) => {
      if (!isWithin(call, region)) return false;
      const callee = unwrapped(call.callee);
      if (callee?.type === 'MemberExpression' && STOPPING.has(propertyOf(callee) ?? '')) return true;
      const name = callee?.type === 'Identifier' ? callee.name : callee?.type === 'MemberExpression' ? (propertyOf(callee) ?? '') : '';
      return CHECKING_NAME.test(name) && targets.of(call.callee).every((target) => typeof target === 'string');
    });
  }

  /** Set anew, or taken from, for each chunk: what is left is a part of a message. */
  function isTakenFrom({ place }: Accumulation, body: ESTree.Node, added: readonly Accumulation[]): boolean {
    return places.usesOf(place).some((use) => {
      if (!isWithin(use, body)) return false;
      const { parent } = use as Parented;
      if (parent?.type === 'AssignmentExpression' && parent.left === use) return !added.some(({ node }) => node === parent) && parent.operator !== '+=';
      if (parent?.type !== 'MemberExpression' || parent.object !== use) return false;
      const name = propertyOf(parent) ?? '';
      return SHRINKING.has(name) || (name === 'length' && parent.parent?.type === 'AssignmentExpression' && parent.parent.left === parent);
    });
  }

  /** The function that listens holds the stream back, for somebody to go on with it. */
  function isPaused({ node, stream }: BodyReader): boolean {
    const [around, place] = [functionAround(node), places.of(stream)];
    return around !== undefined && place !== undefined && nodes.of('CallExpression').some((call) =>
      call.callee.type === 'MemberExpression' && propertyOf(call.callee) === 'pause' && places.of(call.callee.object) === place && isWithin(call, around));
  }

  /** Functions around a node, and those that call them, which may have looked at the header before. */
  function contextsOf(node: ESTree.Node): ReadonlySet<FunctionNode> {
    const found = new Set<FunctionNode>();
    for (let at = functionAround(node); at !== undefined; at = functionAround(at)) found.add(at);
    for (const each of found) {
      if (found.size > MAX_CALLERS) break;
      for (const call of callersOf(each)) {
        const caller = functionAround(call);
        if (caller !== undefined) found.add(caller);
      }
    }
    return found;
  }

  /** `if (Number(req.headers['content-length']) > max)`, also through a variable. */
  function isAnnouncedAndCompared(node: ESTree.Node): boolean {
    const contexts = contextsOf(node);
    return limits.some((limit) => {
      const around = functionAround(limit);
      return around !== undefined && contexts.has(around) && [limit.left, limit.right].some((side) => side.type !== 'PrivateIdentifier' && readsLength(side));
    });
  }

  function readsLength(given: ESTree.Node, steps = 0): boolean {
    const node = unwrapped(given);
    if (node === undefined || steps > 6) return false;
    const inner = (part: ESTree.Node): boolean => readsLength(part, steps + 1);
    if (node.type === 'Literal') return /^content-length$/i.test(String(node.value));
    if (node.type === 'MemberExpression') return inner(node.property) || /^contentLength$/.test(propertyOf(node) ?? '');
    if (node.type === 'CallExpression') return node.arguments.some(inner);
    if (node.type === 'LogicalExpression') return inner(node.left) || inner(node.right);
    if (node.type === 'UnaryExpression') return inner(node.argument);
    if (node.type !== 'Identifier') return false;
    const definition = resolver.variableOf(node)?.defs[0];
    if (definition?.type !== 'Variable' || isFunction(definition.node.init)) return false;
    if (definition.node.id.type === 'ObjectPattern') return definition.node.id.properties.some((property) => property.type === 'Property' && inner(property.key));
    return definition.node.init !== null && definition.node.init !== undefined && inner(definition.node.init);
  }

  return {
    isAnnounced: isAnnouncedAndCompared,
    outlives: ({ root }, { body }) => {
      const declared = (root as { readonly defs?: readonly { readonly name: ESTree.Node }[] }).defs?.[0]?.name;
      return declared === undefined || !isWithin(declared, body);
    },
    isBounded: (reader, added) =>
      isPaused(reader) || added.every((each) => isTakenFrom(each, reader.body, added)) || regionsOf(reader.body).some(stops) || isAnnouncedAndCompared(reader.node),
  };
}

/** Comparisons with 0 or 1 ask whether there is something, not how much. */
function isTrivial(given: ESTree.Node): boolean {
  const node = given.type === 'UnaryExpression' ? given.argument : given;
  return node.type === 'Literal' && (node.value === 0 || node.value === 1);
}
