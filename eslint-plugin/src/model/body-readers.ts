import type { Rule, Scope, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import type { FileModel } from './model.js';
import type { RequestStreams } from './request-streams.js';
import { propertyOf, unwrapped } from './resolver.js';

/** Code that runs for every chunk of a client's stream. */
export interface BodyReader {
  /** The call that listens, or the loop. */
  readonly node: ESTree.Node;
  readonly kind: 'request' | 'connection';
  /** The stream as it is written there. */
  readonly stream: ESTree.Node;
  /** The function or loop that gets the chunks. */
  readonly body: ESTree.Node;
  readonly chunks: readonly Scope.Variable[];
}

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const LISTENING = new Set(['on', 'addListener', 'prependListener']);
const EVENTS: Readonly<Record<string, readonly string[]>> = { request: ['data', 'readable'], connection: ['data', 'readable', 'message'] };

/** Where a file reads bodies and sockets chunk by chunk: listeners, `for await`, `read()` in a loop, and streams written for it. */
export function findBodyReaders(model: FileModel, streams: RequestStreams, { scopeManager }: SourceCode): readonly BodyReader[] {
  const { nodes, functions, targets, resolver } = model;
  const found: BodyReader[] = [];

  const functionsOf = (node: ESTree.Node | undefined): readonly FunctionNode[] => (node === undefined ? [] : targets.of(node).flatMap((target) => (typeof target === 'number' ? (functions.list[target] ?? []) : [])));

  /** The variables of a parameter, or of the head of a loop. */
  function variablesIn(declared: ESTree.Node, pattern: ESTree.Node | undefined): readonly Scope.Variable[] {
    if (pattern === undefined) return [];
    const isInside = ({ range }: ESTree.Node): boolean => (range?.[0] ?? 0) >= (pattern.range?.[0] ?? 0) && (range?.[1] ?? 0) <= (pattern.range?.[1] ?? 0);
    return scopeManager.getDeclaredVariables(declared as Rule.Node).filter(({ identifiers }) => identifiers.some(isInside));
  }

  /** What `read()` of a stream or of its reader gives inside of some code. */
  function readIn(body: ESTree.Node, stream: ESTree.Node): readonly Scope.Variable[] {
    return nodes.of('CallExpression').flatMap((call): readonly Scope.Variable[] => {
      if (call.callee.type !== 'MemberExpression' || propertyOf(call.callee) !== 'read' || !isWithin(call, body) || !isSame(call.callee.object, stream)) return [];
      let at: Parented | null | undefined = (call as Parented).parent;
      while (at !== null && at !== undefined && (at.type === 'AwaitExpression' || unwrapped(at) !== at)) at = at.parent;
      if (at?.type === 'VariableDeclarator') return scopeManager.getDeclaredVariables(at);
      const variable = at?.type === 'AssignmentExpression' && at.left.type === 'Identifier' ? resolver.variableOf(at.left) : undefined;
      return variable === undefined ? [] : [variable];
    });
  }

  const isSame = (one: ESTree.Node, other: ESTree.Node): boolean => model.places.of(one) !== undefined && model.places.of(one) === model.places.of(other);

  function listener(call: ESTree.SimpleCallExpression, callee: ESTree.MemberExpression): void {
    const [event, given] = call.arguments;
    const isListening = LISTENING.has(propertyOf(callee) ?? '') && event?.type === 'Literal' && typeof event.value === 'string';
    const isForEach = propertyOf(callee) === 'forEach';
    if ((!isListening && !isForEach) || callee.object.type === 'Super') return;
    const kind = streams.of(callee.object);
    if (kind === undefined || (isListening && !(EVENTS[kind] ?? []).includes(String(event.value)))) return;
    for (const body of functionsOf(isListening ? given : event)) {
      const chunks = isListening && event.value === 'readable' ? readIn(body, callee.object) : variablesIn(body, body.params[0]);
      found.push({ node: call, kind, stream: callee.object, body, chunks });
    }
  }

  /** `req.pipe(new Writable({ write(chunk, encoding, done) {} }))` */
  function writable(call: ESTree.SimpleCallExpression, callee: ESTree.MemberExpression): void {
    if (propertyOf(callee) !== 'pipe' || callee.object.type === 'Super') return;
    let target = unwrapped(call.arguments[0]);
    const definition = target?.type === 'Identifier' ? resolver.variableOf(target)?.defs[0] : undefined;
    if (definition?.type === 'Variable') target = unwrapped(definition.node.init);
    const options = target?.type === 'NewExpression' ? target.arguments[0] : undefined;
    if (options?.type !== 'ObjectExpression') return;
    const kind = streams.of(callee.object);
    if (kind === undefined) return;
    for (const property of options.properties) {
      if (property.type !== 'Property' || property.key.type !== 'Identifier' || !/^(write|transform)$/.test(property.key.name) || !isFunction(property.value)) continue;
      found.push({ node: call, kind, stream: callee.object, body: property.value, chunks: variablesIn(property.value, property.value.params[0]) });
    }
  }

  for (const call of nodes.of('CallExpression')) {
    if (call.callee.type !== 'MemberExpression') continue;
    listener(call, call.callee);
    writable(call, call.callee);
  }
  for (const loop of nodes.of('ForOfStatement')) {
    const kind = loop.await ? streams.of(loop.right) : undefined;
    if (kind !== undefined && loop.left.type === 'VariableDeclaration') found.push({ node: loop, kind, stream: loop.right, body: loop.body, chunks: loop.left.declarations.flatMap((each) => scopeManager.getDeclaredVariables(each as Rule.Node)) });
  }
  for (const loop of [...nodes.of('WhileStatement'), ...nodes.of('ForStatement'), ...nodes.of('DoWhileStatement')]) {
    const stream = readerIn(loop, model, streams);
    const chunks = stream === undefined ? [] : readIn(loop, stream);
    if (stream !== undefined && chunks.length > 0) found.push({ node: loop, kind: 'request', stream, body: loop, chunks });
  }
  return found;
}

/** The reader of a body's `getReader()` that a loop awaits. */
function readerIn(loop: ESTree.Node, { nodes, resolver }: FileModel, streams: RequestStreams): ESTree.Node | undefined {
  for (const { callee } of nodes.of('CallExpression')) {
    if (callee.type !== 'MemberExpression' || propertyOf(callee) !== 'read' || callee.object.type !== 'Identifier' || !isWithin(callee, loop)) continue;
    const definition = resolver.variableOf(callee.object)?.defs[0];
    const made = definition?.type === 'Variable' ? unwrapped(definition.node.init) : undefined;
    if (made?.type === 'CallExpression' && made.callee.type === 'MemberExpression' && propertyOf(made.callee) === 'getReader' && streams.of(made) !== undefined) return callee.object;
  }
  return undefined;
}

/** Whether a node stands inside of another. */
export function isWithin({ range }: ESTree.Node, outer: ESTree.Node): boolean {
  return (range?.[0] ?? 0) >= (outer.range?.[0] ?? 0) && (range?.[1] ?? 0) <= (outer.range?.[1] ?? 0);
}
