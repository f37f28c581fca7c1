import type { SourceCode } from 'eslint';

import { exportsOf } from './exports.js';
import { functionsOf, type FunctionNode } from './functions.js';
import { makeTargets, type Target } from './targets.js';

export type Scope = 'request' | 'connection' | 'message' | 'job';

/** What is known of a handler within its file. */
export interface HandlerMark {
  readonly scope: Scope;
  /** As messages say it: `app.get at line 12`. */
  readonly reason: string;
}

/** A function, or an expression that leads to one in another file, that a framework calls. */
export interface MarkedHandler extends HandlerMark {
  readonly node: object;
}

export interface FunctionSummary {
  readonly name: string;
  readonly line: number;
  readonly handler?: HandlerMark;
  /** What it calls, and the functions that are written inside of it. */
  readonly calls: readonly Target[];
}

/** What other files need to know of a file; no syntax tree, so that it can be kept. Functions stand in the order of the text. */
export interface Summary {
  readonly functions: readonly FunctionSummary[];
  /** `load`, `default.save`, `Repo.prototype.find`. */
  readonly exports: Readonly<Record<string, Target>>;
  /** `export * from`. */
  readonly stars: readonly string[];
  /** Handlers that are registered here and stand elsewhere. */
  readonly registered: readonly (HandlerMark & { readonly target: Target })[];
}

/**
 * Sums up a file.
 *
 * @param handlers what the recognisers of frameworks found in it
 */
export function summarize(sourceCode: SourceCode, handlers: readonly MarkedHandler[]): Summary {
  const found = functionsOf(sourceCode);
  const targets = makeTargets(sourceCode, found);
  const marks = new Map(handlers.map(({ node, scope, reason }) => [node, { scope, reason }]));
  const functions = found.list.map((node, ordinal): FunctionSummary => {
    const handler = marks.get(node);
    return {
      name: found.nameOf(node),
      line: node.loc?.start.line ?? 1,
      ...(handler !== undefined && { handler }),
      calls: [...new Set([...found.childrenOf(ordinal), ...found.callsIn(ordinal).flatMap((call) => targets.ofCall(call))])],
    };
  });
  const registered = handlers
    .filter(({ node }) => !found.has(node as FunctionNode))
    .flatMap(({ node, scope, reason }) => targets.of(node).map((target) => ({ target, scope, reason })));
  return { functions, registered, ...exportsOf(sourceCode, targets) };
}
