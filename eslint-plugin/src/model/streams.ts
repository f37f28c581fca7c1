import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { ASKS_FOR_STREAM, AXIOS_DATA, CHAINABLE_METHODS, FAILING_STREAMS, LISTENING_METHODS, OTHER_PIPES, STALLING_STREAMS, STREAM_METHODS, STREAM_TYPES } from '../data/streams.js';
import type { FileModel } from './model.js';
import { makeOrigins } from './origins.js';
import { propertyOf, unwrapped } from './resolver.js';
import { returnsOf } from './returns.js';
import { isRequest, streamCallbacks } from './stream-callbacks.js';
import { makeStreamCare, type Need } from './stream-care.js';

export interface Streams {
  /** What an expression that is a stream of Node needs and nobody gives; undefined where it is none, or is cared for. */
  readonly lackOf: (node: ESTree.Node) => Need | undefined;
  /** Whether its `pipe` is that of RxJS or the like. */
  readonly isOther: (node: ESTree.Node) => boolean;
  /** Whether two are the request and the response of one handler: they share a socket and fail together. */
  readonly isEcho: (from: ESTree.Node, to: ESTree.Node) => boolean;
}

interface Search {
  readonly steps: number;
  /** In a helper that returns the stream. */
  readonly isReturnedTo: boolean;
}

const MAX_STEPS = 6;

/**
 * @param factories callees that give streams of Node, as they are written: `storage.read`
 */
export function makeStreams(model: FileModel, sourceCode: SourceCode, factories: readonly string[]): Streams {
  const { resolver, places, targets, functions } = model;
  const callbacks = streamCallbacks(model);
  const care = makeStreamCare(places, sourceCode);
  const written = { here: new Map<object, readonly Need[]>(), inHelper: new Map<object, readonly Need[]>() };
  const asksForStream = ASKS_FOR_STREAM.test(sourceCode.text);
  const origins = makeOrigins(resolver, (owner, name) => {
    const called = callbacks.get(owner);
    return called?.from !== undefined && isParameter(owner, called.position, name) ? origins.pathsOf(called.from) : [];
  });

  /** The needs of what an expression may be, as far as nobody meets them on the way from where it was made. */
  function lacksOf(given: ESTree.Node | null | undefined, { steps, isReturnedTo }: Search): readonly Need[] {
    const node = unwrapped(given);
    if (node === undefined || steps > MAX_STEPS) return [];
    // `(body as Readable).pipe(…)`
    if (isTyped(given)) return care.isCaredFor(node, 'error', isReturnedTo) || isNameCaredFor(node, 'error', isReturnedTo) ? [] : ['error'];
    const inner = (part: ESTree.Node | null | undefined): readonly Need[] => lacksOf(part, { steps: steps + 1, isReturnedTo });
    const own = ownNeed(node);
    const lacks = own === undefined ? partsOf(node, { steps, isReturnedTo }, inner) : [own];
    // A name has its listeners wherever it stands; of what was made elsewhere they are only on the way.
    return lacks.filter((need) => !care.isCaredFor(node, need, isReturnedTo) && !isNameCaredFor(node, need, isReturnedTo) && !(need === 'end' && isWatched(node)));
  }

  /** When a client leaves, its request and the response to it close both. */
  function isWatched(node: ESTree.Node): boolean {
    const definition = node.type === 'Identifier' ? resolver.variableOf(node)?.defs[0] : undefined;
    if (definition?.type !== 'Parameter') return false;
    return (definition.node.params as readonly ESTree.Node[]).some((parameter) => {
      const place = parameter.type === 'Identifier' ? places.of(parameter) : undefined;
      return place !== undefined && care.isPlaceCaredFor(place, 'end');
    });
  }

  function isNameCaredFor(node: ESTree.Node, need: Need, isReturnedTo: boolean): boolean {
    const place = places.of(node);
    return place !== undefined && care.isPlaceCaredFor(place, need, isReturnedTo);
  }

  function ownNeed(node: ESTree.Node): Need | undefined {
    if (node.type === 'Identifier' || node.type === 'MemberExpression') return ofCallback(node) ?? (isRequest(node, model) ? 'end' : undefined) ?? ofData(node);
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
    const callee = unwrapped(node.callee);
    if (callee?.type === 'MemberExpression' && STREAM_METHODS.has(propertyOf(callee) ?? '')) return 'error';
    if (factories.length > 0 && factories.includes(sourceCode.getText(node.callee))) return 'error';
    return needOfPaths(node);
  }

  /** Members that are streams: `child.stdout`, `response.body`. Names have what they were given. */
  function ofData(node: ESTree.Node): Need | undefined {
    return node.type === 'MemberExpression' || isDestructured(node) ? needOfPaths(node) : undefined;
  }

  function needOfPaths(node: ESTree.Node): Need | undefined {
    const paths = origins.pathsOf(node);
    if (paths.some((path) => FAILING_STREAMS.some((each) => each.test(path)) || (asksForStream && AXIOS_DATA.test(path)))) return 'error';
    return paths.some((path) => STALLING_STREAMS.some((each) => each.test(path))) ? 'end' : undefined;
  }

  function isDestructured(node: ESTree.Node): boolean {
    const definition = node.type === 'Identifier' ? resolver.variableOf(node)?.defs[0] : undefined;
    return definition?.type === 'Variable' && definition.node.id.type === 'ObjectPattern';
  }

  function ofCallback(node: ESTree.Node): Need | undefined {
    const definition = node.type === 'Identifier' ? resolver.variableOf(node)?.defs[0] : undefined;
    if (node.type !== 'Identifier' || definition?.type !== 'Parameter') return undefined;
    const called = callbacks.get(definition.node);
    if (called?.need !== undefined && isParameter(definition.node, called.position, node.name)) return called.need;
    // Whoever gives a stream to a function may listen to it, unless that is the framework.
    return model.reachOf(node) !== undefined && isTyped(definition.name) ? 'error' : undefined;
  }

  /** A declared name, or a cast. */
  function isTyped(node: object | null | undefined): boolean {
    const { typeAnnotation } = (node ?? {}) as { readonly typeAnnotation?: ESTree.Node & { readonly typeAnnotation?: ESTree.Node } };
    const type = typeAnnotation?.typeAnnotation ?? typeAnnotation;
    return type !== undefined && STREAM_TYPES.test(sourceCode.getText(type));
  }

  function partsOf(node: ESTree.Node, { steps, isReturnedTo }: Search, inner: (part: ESTree.Node | null | undefined) => readonly Need[]): readonly Need[] {
    if (node.type === 'ConditionalExpression') return [...inner(node.consequent), ...inner(node.alternate)];
    if (node.type === 'LogicalExpression') return [...inner(node.left), ...inner(node.right)];
    if (node.type === 'AwaitExpression') return inner(node.argument);
    if (node.type === 'AssignmentExpression') return inner(node.right);
    if (node.type === 'Identifier') return ofName(node, isReturnedTo, inner);
    if (node.type === 'MemberExpression') return ofField(node, isReturnedTo, inner);
    if (node.type !== 'CallExpression') return [];
    const callee = unwrapped(node.callee);
    const method = callee?.type === 'MemberExpression' ? propertyOf(callee) ?? '' : '';
    if (callee?.type === 'MemberExpression' && (LISTENING_METHODS.has(method) || CHAINABLE_METHODS.has(method))) return inner(callee.object);
    const [first] = node.arguments;
    if (method === 'pipe' && first !== undefined) return inner(first);
    return targets.of(node.callee).flatMap((target) => {
      const helper = typeof target === 'number' ? functions.list[target] : undefined;
      return helper === undefined ? [] : returnsOf(helper, sourceCode).flatMap((value) => lacksOf(value, { steps: steps + 1, isReturnedTo: true }));
    });
  }

  function ofName(node: ESTree.Identifier, isReturnedTo: boolean, inner: (part: ESTree.Node) => readonly Need[]): readonly Need[] {
    const variable = resolver.variableOf(node);
    const definition = variable?.defs[0];
    if (variable === undefined || definition?.type !== 'Variable' || definition.node.id.type !== 'Identifier') return [];
    const { id } = definition.node;
    return once(variable, isReturnedTo, () => {
      const written = variable.references.flatMap(({ writeExpr }) => (writeExpr ? inner(writeExpr as ESTree.Node) : []));
      return written.length === 0 && isTyped(id) ? ['error'] : written;
    });
  }

  /** What is written to a variable or field is looked at once, or circles of assignments would never end. */
  function once(holder: object, isReturnedTo: boolean, find: () => readonly Need[]): readonly Need[] {
    const known = written[isReturnedTo ? 'inHelper' : 'here'];
    const before = known.get(holder);
    if (before !== undefined) return before;
    known.set(holder, []);
    const found = [...new Set(find())];
    known.set(holder, found);
    return found;
  }

  /** What is assigned to `this.file` somewhere. */
  function ofField(node: ESTree.MemberExpression, isReturnedTo: boolean, inner: (part: ESTree.Node) => readonly Need[]): readonly Need[] {
    const place = places.of(node);
    if (place?.name.startsWith('this.') !== true) return [];
    return once(place, isReturnedTo, () => places.usesOf(place).flatMap((use) => {
      const { parent } = use as { readonly parent?: ESTree.Node };
      if (parent?.type === 'PropertyDefinition' && parent.value) return inner(parent.value);
      return parent?.type === 'AssignmentExpression' && parent.left === use ? inner(parent.right) : [];
    }));
  }

  function ownerOf(node: ESTree.Node): object | undefined {
    const definition = node.type === 'Identifier' ? resolver.variableOf(node)?.defs[0] : undefined;
    return definition?.type === 'Parameter' ? definition.node : undefined;
  }

  return {
    lackOf: (node) => {
      const lacks = lacksOf(node, { steps: 0, isReturnedTo: false });
      return lacks.includes('error') ? 'error' : lacks[0];
    },
    isOther: (node) => origins.pathsOf(node).some((path) => OTHER_PIPES.test(path)),
    isEcho: (from, to) => isRequest(from, model) && ownerOf(from) !== undefined && ownerOf(from) === ownerOf(to),
  };
}

function isParameter(owner: object, position: number, name: string): boolean {
  const parameter = isFunction(owner) ? (owner satisfies FunctionNode).params[position] : undefined;
  const pattern = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
  return pattern?.type === 'Identifier' && pattern.name === name;
}
