import type * as ESTree from 'estree';

import { unwrapped, type Resolver } from './resolver.js';

interface TypeNode {
  readonly type: string;
  readonly types?: readonly TypeNode[];
  readonly typeName?: ESTree.Identifier;
  readonly operator?: string;
  readonly typeAnnotation?: TypeNode;
  readonly objectType?: TypeNode;
  readonly indexType?: TypeNode;
  readonly exprName?: ESTree.Node;
}

/** Whether the type that is written beside a name lists its values: `'a' | 'b'`, an enum, `keyof typeof TABLE`, `(typeof NAMES)[number]`, or the name of such a type of the file. */
export function hasListedType(name: object, resolver: Resolver): boolean {
  return isListed((name as { readonly typeAnnotation?: { readonly typeAnnotation?: TypeNode } }).typeAnnotation?.typeAnnotation, resolver);
}

function isListed(type: TypeNode | undefined, resolver: Resolver): boolean {
  switch (type?.type) {
    case 'TSLiteralType':
    case 'TSBooleanKeyword': return true;
    case 'TSUnionType': return type.types?.every((each) => isListed(each, resolver)) ?? false;
    case 'TSTypeOperator': return type.operator === 'keyof' && isOfWrittenOut(type.typeAnnotation, resolver);
    case 'TSIndexedAccessType': return type.indexType?.type === 'TSNumberKeyword' && isOfWrittenOut(type.objectType, resolver);
    case 'TSTypeReference': {
      if (type.typeName?.type !== 'Identifier') return false;
      const declared = resolver.variableOf(type.typeName)?.defs[0]?.node as { readonly type: string; readonly typeAnnotation?: TypeNode } | undefined;
      return declared?.type === 'TSEnumDeclaration' || (declared?.type === 'TSTypeAliasDeclaration' && isListed(declared.typeAnnotation, resolver));
    }
    default: return false;
  }
}

/** `typeof TABLE` of a literal that has no type but its own. */
function isOfWrittenOut(type: TypeNode | undefined, { variableOf }: Resolver): boolean {
  const name = type?.type === 'TSTypeQuery' ? type.exprName : undefined;
  const definition = name?.type === 'Identifier' ? variableOf(name)?.defs[0] : undefined;
  if (definition?.type === 'ImportBinding') return true;
  if (definition?.type !== 'Variable' || (definition.name as { readonly typeAnnotation?: unknown }).typeAnnotation !== undefined) return false;
  return /^(Array|Object)Expression$/.test(unwrapped(definition.node.init)?.type ?? '');
}
