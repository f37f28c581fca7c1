import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { CHAINABLE_METHODS, LISTENING_METHODS, LOOKS_AFTER } from '../data/streams.js';
import type { Place, Places } from './places.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** What a stream needs: a listener for errors; or, as requests and answers fail silently, one that hears of its end. */
export type Need = 'error' | 'end';

const HEARS: Readonly<Record<Need, RegExp>> = { error: /^error$/, end: /^(error|close|aborted)$/ };

export interface Care {
  /**
   * Whether somebody listens to a stream, or has it and may.
   *
   * @param node an expression whose value is the stream
   * @param isReturnedTo whether the function that returns it is the one that is asked about: then its caller is no other owner
   */
  readonly isCaredFor: (node: object, need: Need, isReturnedTo?: boolean) => boolean;
  /** The same of all that denotes a place. */
  readonly isPlaceCaredFor: (place: Place, need: Need, isReturnedTo?: boolean) => boolean;
}

export function makeStreamCare(places: Places, sourceCode: SourceCode): Care {
  function isCaredFor(node: object, need: Need, isReturnedTo = false, seen = new Set<Place>()): boolean {
    let at = node as Parented;
    for (let next = step(at, need); ; next = step(at, need)) {
      if (next === 'heard') return true;
      if (next === undefined) break;
      at = next;
    }
    if (isHandedOn(at, need, isReturnedTo)) return true;
    const held = places.heldIn(at);
    return held !== undefined && isPlaceCaredFor(held, need, isReturnedTo, seen);
  }

  function isPlaceCaredFor(place: Place, need: Need, isReturnedTo = false, seen = new Set<Place>()): boolean {
    if (seen.has(place)) return false;
    seen.add(place);
    return places.usesOf(place).some((use) => !isDeclared(use) && isCaredFor(use, need, isReturnedTo, seen));
  }

  /** From a stream to the expression around it that has the same value: `s.on(…)`, `x.pipe(s)`, casts, branches. */
  function step(at: Parented, need: Need): Parented | 'heard' | undefined {
    const { parent } = at;
    if (parent === null || parent === undefined) return undefined;
    if (unwrapped(parent) !== parent || parent.type === 'ConditionalExpression' || parent.type === 'LogicalExpression' || parent.type === 'AwaitExpression') {
      return parent.type === 'ConditionalExpression' && parent.test === at ? undefined : parent;
    }
    if (parent.type === 'CallExpression' && parent.arguments[0] === at) return methodOf(parent) === 'pipe' ? parent : undefined;
    if (parent.type !== 'MemberExpression' || parent.object !== at) return undefined;
    const call = parent.parent;
    if (call?.type !== 'CallExpression' || call.callee !== parent) return undefined;
    const method = propertyOf(parent) ?? '';
    if (LISTENING_METHODS.has(method)) return hears(call.arguments[0], need) ? 'heard' : call;
    return CHAINABLE_METHODS.has(method) ? call : undefined;
  }

  /** Given to a function, returned, put in a list or elsewhere: who has it may listen. */
  function isHandedOn(node: Parented, need: Need, isReturnedTo: boolean): boolean {
    const { parent } = node;
    if (parent === null || parent === undefined) return false;
    if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
      if (parent.callee === node || methodOf(parent) === 'unpipe') return false;
      return need === 'error' || LOOKS_AFTER.test(sourceCode.getText(parent.callee));
    }
    if (parent.type === 'ReturnStatement' || (parent.type === 'ArrowFunctionExpression' && parent.body === node)) return !isReturnedTo && need === 'error';
    // ctx.body = stream: but what a class has in a field is its own.
    if (parent.type === 'AssignmentExpression') return parent.right === node && parent.left.type === 'MemberExpression' && places.heldIn(node)?.name.startsWith('this.') !== true;
    if (parent.type === 'Property') return parent.value === node && parent.parent?.type === 'ObjectExpression' && need === 'error';
    return parent.type === 'ArrayExpression' || parent.type === 'SpreadElement' || parent.type === 'YieldExpression' || parent.type === 'ForOfStatement';
  }

  return {
    isCaredFor: (node, need, isReturnedTo) => isCaredFor(node, need, isReturnedTo),
    isPlaceCaredFor: (place, need, isReturnedTo) => isPlaceCaredFor(place, need, isReturnedTo),
  };
}

/** An event that is not known may be any. */
function hears(event: ESTree.Node | undefined, need: Need): boolean {
  const node = unwrapped(event);
  return node?.type !== 'Literal' || typeof node.value !== 'string' || HEARS[need].test(node.value);
}

function methodOf({ callee }: ESTree.SimpleCallExpression | ESTree.NewExpression): string | undefined {
  return callee.type === 'MemberExpression' ? propertyOf(callee) : undefined;
}

/** The name in a declaration, or what an assignment writes to. */
function isDeclared(use: Parented): boolean {
  const { parent } = use;
  return (parent?.type === 'VariableDeclarator' && parent.id === use) || (parent?.type === 'AssignmentExpression' && parent.left === use);
}
