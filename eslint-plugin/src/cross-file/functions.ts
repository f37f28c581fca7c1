import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isNode, LEAVE, stepsThrough, VISIT, type AnyNode } from './steps.js';

export type FunctionNode = (ESTree.FunctionDeclaration | ESTree.FunctionExpression | ESTree.ArrowFunctionExpression) & Partial<Rule.NodeParentExtension>;
export type CallNode = (ESTree.SimpleCallExpression | ESTree.NewExpression) & Partial<Rule.NodeParentExtension>;

export interface Functions {
  /** In the order of the text: a function's place in it is its name across files. */
  readonly list: readonly FunctionNode[];
  readonly has: (node: FunctionNode) => boolean;
  readonly ordinalOf: (node: FunctionNode) => number | undefined;
  readonly nameOf: (node: FunctionNode) => string;
  /** The functions that are written directly inside of one. */
  readonly childrenOf: (ordinal: number) => readonly number[];
  readonly callsIn: (ordinal: number) => readonly CallNode[];
}

/**
 * Every function of a file with a body, and who calls what in which of them.
 *
 * @param meet is shown every node on the way, so that a file is gone through once
 */
export function functionsOf(sourceCode: SourceCode, meet?: (node: AnyNode) => void): Functions {
  const list: FunctionNode[] = [];
  const ordinals = new Map<FunctionNode, number>();
  const children: number[][] = [];
  const calls: CallNode[][] = [];
  const around: (number | undefined)[] = [];
  let inside: number | undefined;
  for (const step of stepsThrough(sourceCode)) {
    if (step.kind !== VISIT) continue;
    const node = step.target;
    if (step.phase === LEAVE) {
      if (inside !== undefined && list[inside] === (node as unknown)) inside = around.pop();
      continue;
    }
    meet?.(node);
    if (isFunction(node)) {
      const ordinal = list.push(node) - 1;
      ordinals.set(node, ordinal);
      children.push([]);
      calls.push([]);
      if (inside !== undefined) children[inside]?.push(ordinal);
      around.push(inside);
      inside = ordinal;
    } else if (inside !== undefined && (node.type === 'CallExpression' || node.type === 'NewExpression')) {
      calls[inside]?.push(node as unknown as CallNode); // Its type says so.
    }
  }
  return {
    list,
    has: (node) => ordinals.has(node),
    ordinalOf: (node) => ordinals.get(node),
    nameOf,
    childrenOf: (ordinal) => children[ordinal] ?? [],
    callsIn: (ordinal) => calls[ordinal] ?? [],
  };
}

/** Overloads and abstract methods have no body and are of another type. */
export function isFunction(node: unknown): node is FunctionNode {
  return isNode(node) && (node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression') && isNode(node['body']);
}

function nameOf(node: FunctionNode): string {
  const own = 'id' in node ? node.id?.name : undefined;
  const parent = node.parent as { readonly id?: unknown; readonly key?: unknown; readonly left?: { readonly property?: unknown } } | undefined;
  return own ?? wordOf(parent?.id) ?? wordOf(parent?.key) ?? wordOf(parent?.left?.property) ?? wordOf(parent?.left) ?? 'a function';
}

function wordOf(node: unknown): string | undefined {
  return isNode(node) && typeof node['name'] === 'string' ? node['name'] : undefined;
}
