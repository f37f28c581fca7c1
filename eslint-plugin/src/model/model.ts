import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { externalRoots } from '../cross-file/external-roots.js';
import { functionsOf, isFunction, type FunctionNode, type Functions } from '../cross-file/functions.js';
import type { HandlerMark, MarkedHandler } from '../cross-file/summary.js';
import { makeTargets, type Targets } from '../cross-file/targets.js';
import { findHandlers } from '../handlers/find-handlers.js';
import { mayHaveHandlers } from '../handlers/may-have-handlers.js';
import { settingsOrDefaults } from '../settings.js';
import { makeCallers, type Callers } from './callers.js';
import { makeClientData, type ClientData } from './client-data.js';
import { lazily } from './lazily.js';
import { isLazy } from './lazy.js';
import { collectNodes, type Nodes } from './nodes.js';
import { makePlaces, type Places } from './places.js';
import { resolverOf, type Resolver } from './resolver.js';

/** How a function is reached from a handler. */
export interface Reach extends HandlerMark {
  /** The functions in between, outermost first; empty in the handler itself. */
  readonly via: readonly string[];
  /** Every way leads through something that is done the first time only: `client ??= connect()`. */
  readonly isFirstTimeOnly?: true;
}

/** What rules ask about a file. */
export interface FileModel {
  readonly nodes: Nodes;
  readonly functions: Functions;
  readonly targets: Targets;
  readonly resolver: Resolver;
  readonly places: Places;
  /** The calls of a function within the file, made by other functions of it. */
  readonly callersOf: Callers;
  readonly handlers: readonly MarkedHandler[];
  readonly clientData: ClientData;
  /** How the function around a node is reached from a handler; undefined where none is known to. */
  readonly reachOf: (node: object) => Reach | undefined;
  /** Whether any function is. */
  readonly isReached: boolean;
}

type Way = readonly [FunctionNode, Reach];

const known = new WeakMap<SourceCode, FileModel>();

/** The model of the file of a rule's context: made when the first rule asks, and kept with the file's source. */
export function fileModel({ sourceCode, filename, cwd, settings }: Rule.RuleContext): FileModel {
  const before = known.get(sourceCode);
  if (before !== undefined) return before;
  const model = build(sourceCode, { filename, cwd, settings });
  known.set(sourceCode, model);
  return model;
}

interface Place {
  readonly filename: string;
  readonly cwd: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

function build(sourceCode: SourceCode, { filename, cwd, settings }: Place): FileModel {
  const nodes = collectNodes();
  const { longLived } = settingsOrDefaults(settings);
  const functions = functionsOf(sourceCode, nodes.meet);
  const resolver = resolverOf(sourceCode);
  const targets = makeTargets(sourceCode, functions);
  const callersOf = makeCallers(functions, targets);
  const handlers = lazily(() => (mayHaveHandlers({ sourceCode, settings }) ? findHandlers({ sourceCode, nodes, functions, targets, resolver, settings: settingsOrDefaults(settings) }) : []));
  const reached = lazily(() => reachFrom([...handlers(), ...externalRoots(sourceCode, filename, cwd, settings)], { functions, targets, resolver }));
  const clientData = lazily(() => makeClientData({ resolver, callersOf, handlers: handlers() }));
  return {
    nodes, functions, targets, resolver, callersOf,
    get handlers() { return handlers(); },
    get clientData() { return clientData(); },
    get isReached() { return reached().size > 0; },
    places: makePlaces({ sourceCode, nodes, resolver, scopeOf: (node) => reached().get(node)?.scope, longLived }),
    reachOf: (node) => {
      const around = functionAround(node);
      return around === undefined ? undefined : reached().get(around);
    },
  };
}

/** Breadth first, so that the way in the message is the shortest. */
function reachFrom(roots: readonly MarkedHandler[], { functions, targets, resolver }: Pick<FileModel, 'functions' | 'targets' | 'resolver'>): ReadonlyMap<FunctionNode, Reach> {
  const reached = new Map<FunctionNode, Reach>();
  const each = roots.flatMap(({ node, scope, reason }): Way[] => (isFunction(node) ? [[node, { scope, reason, via: [] }]] : []));
  // What is done the first time only comes last: another way to it counts more.
  const firstTimeOnly: Way[] = [];
  for (const ways of [each, firstTimeOnly]) {
    // An array hands out what is added while it is walked.
    for (const [node, reach] of ways) {
      const ordinal = functions.ordinalOf(node);
      if (ordinal === undefined || reached.has(node)) continue;
      reached.set(node, reach);
      const add = (next: FunctionNode | undefined, via: readonly string[], from: ESTree.Node): void => {
        if (next === undefined || reached.has(next)) return;
        if (reach.isFirstTimeOnly === true || !isLazy(from, resolver)) ways.push([next, { ...reach, via }]);
        else firstTimeOnly.push([next, { ...reach, via, isFirstTimeOnly: true }]);
      };
      for (const child of functions.childrenOf(ordinal)) {
        const inner = functions.list[child];
        if (inner !== undefined) add(inner, reach.via, inner);
      }
      for (const call of functions.callsIn(ordinal)) {
        for (const target of targets.ofCall(call)) {
          const called = typeof target === 'number' ? functions.list[target] : undefined;
          if (called !== undefined) add(called, [...reach.via, functions.nameOf(called)], call);
        }
      }
    }
  }
  return reached;
}

/** The innermost function that a node stands in; for a function, the one around it. */
export function functionAround(node: object): FunctionNode | undefined {
  let at = (node as { readonly parent?: ESTree.Node | null }).parent;
  while (at !== null && at !== undefined && !isFunction(at)) at = (at as { readonly parent?: ESTree.Node | null }).parent;
  return at ?? undefined;
}

/** As messages say it: `app.post at line 12 via login -> hash`. */
export function wayOf({ reason, via }: Reach): string {
  return via.length === 0 ? reason : `${reason} via ${via.join(' -> ')}`;
}
