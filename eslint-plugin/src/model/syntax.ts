import type * as ESTree from 'estree';

const WRAPPERS = new Set(['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression', 'TSTypeAssertion', 'ChainExpression', 'ParenthesizedExpression']);

/** What a cast, `!` or an optional chain is about. */
export function unwrapped(given: object | null | undefined): ESTree.Node | undefined {
  let node = given as (ESTree.Node & { readonly expression?: ESTree.Node }) | null | undefined;
  while (node !== null && node !== undefined && WRAPPERS.has(node.type)) node = node.expression as typeof node;
  return node ?? undefined;
}

/** The name of a member that is known without running the program. */
export function propertyOf({ property, computed }: ESTree.MemberExpression): string | undefined {
  if (property.type === 'PrivateIdentifier') return `#${property.name}`;
  if (!computed && property.type === 'Identifier') return property.name;
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined;
}

export function keyOf({ key, computed }: ESTree.Property | ESTree.MethodDefinition | ESTree.PropertyDefinition): string | undefined {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (!computed && key.type === 'Identifier') return key.name;
  return key.type === 'Literal' && typeof key.value === 'string' ? key.value : undefined;
}

/** Where a name stands in a pattern: `{ a: { b: name } }` gives `a.b`. */
export function destructuredPath(pattern: ESTree.Pattern, name: string): string | undefined {
  if (pattern.type !== 'ObjectPattern') return undefined;
  for (const property of pattern.properties) {
    if (property.type !== 'Property') continue;
    const key = keyOf(property);
    const value = property.value.type === 'AssignmentPattern' ? property.value.left : property.value;
    if (key === undefined) continue;
    if (value.type === 'Identifier' && value.name === name) return key;
    const inner = destructuredPath(value, name);
    if (inner !== undefined) return `${key}.${inner}`;
  }
  return undefined;
}
