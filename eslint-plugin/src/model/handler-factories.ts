import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { functionAround, type FileModel } from './model.js';
import type { Resolver } from './resolver.js';

/** A parameter that a returned handler keeps as a whole, though it reads but a few members. */
export interface KeptParameter {
  readonly parameter: ESTree.Identifier;
  readonly owner: FunctionNode;
  /** In the order of the text, each once. */
  readonly members: readonly string[];
  /** `config.name`, each of them. */
  readonly reads: readonly ESTree.MemberExpression[];
}

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** With more of them, it is about the whole. */
const MAX_MEMBERS = 3;
/** Objects that are written where the function is called: nothing else is in them. */
const MADE_FOR_THE_CALL = /^_?(opts?|options)$/;

/** The parameters of functions that return a handler which reads one or a few plain members of them, and calls no method: `(config) => (req, res) => res.json(config.name)`. */
export function keptParameters({ handlers, reachOf, resolver }: FileModel): readonly KeptParameter[] {
  const owners = new Set(handlers.flatMap(({ node }): readonly FunctionNode[] => {
    const owner = isFunction(node) ? returnedBy(node, resolver) : undefined;
    return owner === undefined || reachOf(owner.body) !== undefined ? [] : [owner];
  }));
  return [...owners].flatMap((owner) => owner.params.flatMap((parameter): readonly KeptParameter[] => {
    if (parameter.type !== 'Identifier' || MADE_FOR_THE_CALL.test(parameter.name)) return [];
    const references = resolver.variableOf(parameter)?.references ?? [];
    const reads = references.map(({ identifier }) => plainRead(identifier as Parented));
    if (reads.length === 0 || !reads.every((read) => read !== undefined) || !reads.some((read) => functionAround(read) !== owner)) return [];
    const members = [...new Set(reads.map(({ property }) => (property as ESTree.Identifier).name))]; // Plain members have names.
    return members.length > MAX_MEMBERS ? [] : [{ parameter, owner, members, reads }];
  }));
}

function returnedBy(handler: FunctionNode, resolver: Resolver): FunctionNode | undefined {
  const { parent } = handler as Parented;
  const around = functionAround(handler);
  if (parent?.type === 'ReturnStatement' || (isFunction(parent) && parent.body === (handler as ESTree.Node))) return around;
  const name = nameOf(handler);
  const references = name === undefined ? [] : (resolver.variableOf(name)?.references ?? []);
  return references.some(({ identifier }) => (identifier as Parented).parent?.type === 'ReturnStatement' && functionAround(identifier) === around) ? around : undefined;
}

/** `function show() {}`, `const show = () => {}` */
function nameOf(handler: FunctionNode): ESTree.Identifier | undefined {
  if (handler.type === 'FunctionDeclaration') return handler.id;
  const { parent } = handler as Parented;
  return parent?.type === 'VariableDeclarator' && parent.init === handler && parent.id.type === 'Identifier' ? parent.id : undefined;
}

/** `config.name`, unless it is called, written or deleted. */
function plainRead(identifier: Parented): ESTree.MemberExpression | undefined {
  const { parent } = identifier;
  if (parent?.type !== 'MemberExpression' || parent.object !== identifier || parent.computed || parent.optional || parent.property.type !== 'Identifier') return undefined;
  const outer = parent.parent;
  if (outer === null || outer === undefined) return undefined;
  if ((outer.type === 'CallExpression' && outer.callee === parent) || outer.type === 'TaggedTemplateExpression' || outer.type === 'UpdateExpression') return undefined;
  if (outer.type === 'AssignmentExpression' && outer.left === parent) return undefined;
  return outer.type === 'UnaryExpression' && outer.operator === 'delete' ? undefined : parent;
}
