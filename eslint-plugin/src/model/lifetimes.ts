import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import type { Growth } from './growth.js';
import { madeOf } from './made-of.js';
import { functionAround, type FileModel, type Reach } from './model.js';
import type { Place } from './places.js';
import { unwrapped } from './resolver.js';
import { workIn } from './work-values.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** Classes whose objects are made for one piece of work, by their names. */
const SHORT_LIVED = /(Request|Response|Context|Visitor|Parser|Compiler|Builder|Transform(er)?|Session|Job|Task|Iterator|Walker|Printer|Scanner|Lexer|Tokenizer|Generator|Formatter|Error|Event|Message|Node|Command|Query|Transaction|Migration|Report|Plugin|Test|Mock|Fake|Stub|Spy|Reader|Writer|Stream|Connection|Socket|Runner|Scope|State|Graph|Tree|Analy[sz]er|Checker|Linter|Bundler?|Encoder|Decoder|Serializer)$/;
/** Methods that are called while a program is put together. */
const SET_UP = /^(constructor|register|add|define|use|on|once|subscribe|provide|install|configure|init|setup|load|start|listen|connect|mount|bind|attach|extend|declare|include|enable|set|put)($|[A-Z_])|^#?(constructor)$/;
/** Those of them that begin an object: what others add comes with work. */
const STARTS = /^_*(constructor|start|init|setup|connect|listen|load|open|boot|install)/i;

export interface Lifetimes {
  /** How a handler comes to something that grows and outlives it; `by-name` for fields of objects of which nobody knows how long they live, `by-work` for what is kept of each piece of work. */
  readonly outlivedBy: (growth: Growth, name: RegExp) => Reach | 'by-name' | 'by-work' | undefined;
}

export function makeLifetimes(model: FileModel): Lifetimes {
  const { callersOf, reachOf, resolver } = model;

  function ownerOf({ root }: Place): Parented | undefined {
    // The body of a class, or of the function that makes its objects.
    const { parent, type } = root as Parented;
    return type === 'ClassBody' || type === 'BlockStatement' ? (parent ?? undefined) : undefined;
  }

  function isSingleton(owner: Parented): boolean {
    const { decorators = [] } = owner as { readonly decorators?: readonly { readonly expression: ESTree.Node }[] };
    if (decorators.some(({ expression }) => hasScope(expression))) return false;
    return madeOf(owner, model).every((made) => reachOf(made) === undefined);
  }

  /** A field by whose name it remembers, and what a caller chooses: a key that comes of a parameter. */
  function isByName({ place, node, key }: Growth, name: RegExp): boolean {
    const around = name.test(place.path.at(-1) ?? '') ? methodOfLasting(place, functionAround(node), SET_UP) : undefined;
    return around !== undefined && key !== undefined && isFromParameter(key, around);
  }

  /** What is for one piece of work each: in a field, or by a key in a variable of a function that hands out its functions. */
  function isOfWork({ place, node, key }: Growth): boolean {
    if (place.life === 'instance') return methodOfLasting(place, methodAround(node), STARTS) !== undefined;
    const maker = (place.root as Partial<Scope.Variable>).scope?.variableScope.block;
    return maker !== undefined && place.life === 'call' && key !== undefined && functionsAround(node).some((each) => functionAround(each) === maker && isHandedOut(each, maker));
  }

  /** Whether a function is none that the one around it calls itself: who else has it calls it later. */
  function isHandedOut(inner: FunctionNode, maker: object): boolean {
    const { parent } = inner as Parented;
    return parent?.type !== 'CallExpression' && parent?.type !== 'NewExpression' && callersOf(inner).every((call) => functionAround(call) !== maker);
  }

  function methodAround(node: ESTree.Node): FunctionNode | undefined {
    return functionsAround(node).find((each) => /^(MethodDefinition|PropertyDefinition)$/.test((each as Parented).parent?.type ?? ''));
  }

  /** A function, if it is a method that is called again and again for an object that may live as long as the process. */
  function methodOfLasting(place: Place, around: FunctionNode | undefined, setUp: RegExp): FunctionNode | undefined {
    const owner = ownerOf(place);
    if (owner === undefined || SHORT_LIVED.test(nameOf(owner)) || !isSingleton(owner)) return undefined;
    // Made in a function, it may go with that.
    if (madeOf(owner, model).some((made) => functionAround(made) !== undefined)) return undefined;
    const parent = around === undefined ? undefined : (around as Parented).parent;
    const method = parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition' ? parent : undefined;
    const methodName = method?.key.type === 'Identifier' || method?.key.type === 'PrivateIdentifier' ? method.key.name : '';
    return method === undefined || method.static || setUp.test(methodName) ? undefined : around;
  }

  function isFromParameter(given: ESTree.Node, around: object, steps = 0): boolean {
    const node = unwrapped(given);
    if (node === undefined || steps > 6) return false;
    const inner = (part: ESTree.Node): boolean => isFromParameter(part, around, steps + 1);
    if (node.type === 'TemplateLiteral') return node.expressions.some(inner);
    if (node.type === 'MemberExpression') return node.object.type !== 'Super' && inner(node.object);
    if (node.type === 'BinaryExpression') return (node.left.type !== 'PrivateIdentifier' && inner(node.left)) || inner(node.right);
    if (node.type === 'CallExpression') return node.arguments.some(inner) || (node.callee.type === 'MemberExpression' && node.callee.object.type !== 'Super' && inner(node.callee.object));
    if (node.type !== 'Identifier') return false;
    const definition = resolver.variableOf(node)?.defs[0];
    if (definition?.type === 'Parameter') return definition.node === around;
    return definition?.type === 'Variable' && definition.node.id.type === 'Identifier' && !isFunction(definition.node.init) && !!definition.node.init && inner(definition.node.init);
  }

  return {
    outlivedBy: (growth, name) => {
      const { place, node } = growth;
      if (!['process', 'instance', 'call'].includes(place.life)) return undefined;
      const reach = reachOf(node);
      const owner = place.life === 'instance' ? ownerOf(place) : undefined;
      if (reach !== undefined) return owner === undefined || isSingleton(owner) ? reach : undefined;
      if (place.life === 'instance' && isByName(growth, name)) return 'by-name';
      return workIn(growth, model) !== undefined && isOfWork(growth) ? 'by-work' : undefined;
    },
  };
}

function functionsAround(node: ESTree.Node): readonly FunctionNode[] {
  const found: FunctionNode[] = [];
  for (let at = functionAround(node); at !== undefined; at = functionAround(at)) found.push(at);
  return found;
}

/** `@Injectable({ scope: Scope.REQUEST })` */
function hasScope(expression: ESTree.Node): boolean {
  const [options] = expression.type === 'CallExpression' ? expression.arguments : [];
  return options?.type === 'ObjectExpression' && options.properties.some((property) => property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === 'scope');
}

function nameOf(owner: Parented): string {
  const { id, parent } = owner as { readonly id?: { readonly name?: string } | null; readonly parent?: { readonly id?: { readonly name?: string } } };
  return id?.name ?? parent?.id?.name ?? '';
}
