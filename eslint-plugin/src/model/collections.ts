import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import type { FileModel } from './model.js';
import { optionOf } from './options.js';
import type { Place } from './places.js';
import { unwrapped } from './resolver.js';

export type CollectionKind = 'map' | 'set' | 'array' | 'object' | 'text' | 'fixed';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** What a place is made as, by what stands where it is declared or set: `fixed` has its members from the start. Undefined where something else is put there. */
export function collectionKind(place: Place, { places, resolver }: FileModel): CollectionKind | undefined {
  const found = new Set<CollectionKind | undefined>();
  const note = (value: ESTree.Node | null | undefined): void => {
    const kind = kindOf(value, place);
    // What a line puts there that adds to it says nothing of what it was.
    if (kind !== 'itself') found.add(kind);
  };
  for (const use of places.usesOf(place)) {
    const { parent } = use as Parented;
    if (parent?.type === 'VariableDeclarator' && parent.id === use && parent.init) note(parent.init);
    if (parent?.type === 'PropertyDefinition' && parent.key === use && parent.value) note(parent.value);
    if (parent?.type === 'AssignmentExpression' && parent.left === use && parent.operator !== '+=') note(parent.right);
  }
  const written = memberOfLiteral(place);
  if (written !== undefined) note(written);
  const [kind, ...others] = [...found].filter((each) => each !== undefined);
  return others.length > 0 ? undefined : kind;

  function kindOf(given: ESTree.Node | null | undefined, wanted: Place): CollectionKind | 'itself' | undefined {
    const node = unwrapped(given);
    if (node === undefined) return undefined;
    if (node.type === 'ArrayExpression') return node.elements.some((element) => element?.type === 'SpreadElement' && places.of(element.argument) === wanted) ? 'itself' : 'array';
    if (node.type === 'ObjectExpression') {
      if (node.properties.some((property) => property.type === 'SpreadElement' && places.of(property.argument) === wanted)) return 'itself';
      return node.properties.length === 0 ? 'object' : 'fixed';
    }
    if (node.type === 'Literal') return typeof node.value === 'string' ? 'text' : undefined;
    if (node.type === 'TemplateLiteral') return 'text';
    // global.cache = global.cache || {}
    if (node.type === 'LogicalExpression') return places.of(node.left) === wanted ? kindOf(node.right, wanted) : undefined;
    if (node.type === 'NewExpression' || node.type === 'CallExpression') {
      const path = resolver.pathOf(node) ?? '';
      if (path === 'new global#Map') return 'map';
      if (path === 'new global#Set') return 'set';
      if (/^(new )?global#Array(\(\))?$/.test(path)) return node.arguments.length === 0 ? 'array' : 'fixed';
      return path === 'global#Object.create()' ? 'object' : undefined;
    }
    return undefined;
  }

  /** `users` of `const state = { users: {} }`. */
  function memberOfLiteral({ root, path }: Place): ESTree.Node | undefined {
    const definition = (root as Partial<Scope.Variable>).defs?.[0];
    if (definition?.type !== 'Variable' || path.length === 0) return undefined;
    const option = optionOf(definition.node.init, path, resolver);
    return typeof option === 'string' ? undefined : option;
  }
}
