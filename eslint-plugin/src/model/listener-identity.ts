import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { lazily } from './lazily.js';
import type { FileModel } from './model.js';
import type { Place } from './places.js';
import { keyOf, propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** Which function a listener is. */
export type Listener =
  /** Made where it stands: nobody else has it. */
  | { readonly kind: 'fresh'; readonly what: string; readonly boundPlace: Place | undefined }
  /** By its name; `isOwn` where the file shows that the name always stands for one function of its own. */
  | { readonly kind: 'named'; readonly place: Place; readonly isOwn: boolean }
  | { readonly kind: 'unknown' };

export function listenerOf(given: ESTree.Node, model: FileModel): Listener {
  const node = nameOf(unwrapped(given));
  if (isFunction(node)) return { kind: 'fresh', what: 'a function that is written there', boundPlace: undefined };
  const bound = boundFunction(node);
  if (bound !== undefined) return { kind: 'fresh', what: 'what bind() makes, each time another function', boundPlace: model.places.of(bound) };
  const place = model.places.of(node);
  if (node === undefined || place === undefined) return { kind: 'unknown' };
  // Looks through all of the file, and few ask.
  const isOwn = lazily(() => isOwnFunction(place, model));
  return { kind: 'named', place, get isOwn() { return isOwn(); } };
}

/** `f` of `function f() {}`, `this.f` of `this.f = () => {}`; others as they are. */
function nameOf(node: ESTree.Node | undefined): ESTree.Node | undefined {
  if (node?.type === 'AssignmentExpression') return node.left;
  return node?.type === 'FunctionExpression' && node.id ? node.id : node;
}

/** `this.onData` of `this.onData.bind(this)`. */
export function boundFunction(given: object | null | undefined): ESTree.Node | undefined {
  const node = unwrapped(given);
  const callee = node?.type === 'CallExpression' ? unwrapped(node.callee) : undefined;
  return callee?.type === 'MemberExpression' && propertyOf(callee) === 'bind' ? callee.object : undefined;
}

/** A declared function, a `const` with one, a method or a field with one; nothing else is ever written to it than its own bind(). */
function isOwnFunction(place: Place, model: FileModel): boolean {
  const values = [...writtenTo(place, model)];
  const own = values.filter((value) => isFunction(unwrapped(value)));
  const others = values.filter((value) => !isFunction(unwrapped(value)) && model.places.of(boundFunction(value)) !== place);
  return others.length === 0 && (own.length === 1 || (own.length === 0 && isDeclared(place)));
}

function writtenTo(place: Place, { places }: FileModel): readonly ESTree.Node[] {
  return places.usesOf(place).flatMap((use) => {
    const { parent } = use as Parented;
    if (parent?.type === 'VariableDeclarator' && parent.id === use) return parent.init ? [parent.init] : [];
    if (parent?.type === 'PropertyDefinition' && parent.key === use) return parent.value ? [parent.value] : [];
    if (parent?.type === 'AssignmentExpression' && parent.left === use) return [parent.right];
    return [];
  });
}

/** A function declaration, or a method of the class. */
function isDeclared({ root, path }: Place): boolean {
  if (path.length === 0) return (root as { readonly defs?: readonly { readonly type: string }[] }).defs?.[0]?.type === 'FunctionName';
  const { type } = root as Parented;
  const [name] = path;
  return type === 'ClassBody' && path.length === 1 && (root as ESTree.ClassBody).body.some((member) => member.type === 'MethodDefinition' && member.kind === 'method' && keyOf(member) === name);
}
