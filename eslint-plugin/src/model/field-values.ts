import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { keyOf, propertyOf, unwrapped } from './syntax.js';
import { thisOwnerAt } from './this-owner.js';

/** What a class puts into a field when an object of it is made: `field = value`, or `this.field = value` straight in its constructor. */
export function fieldValue(member: ESTree.MemberExpression): ESTree.Node | undefined {
  const name = propertyOf(member);
  const found = name === undefined ? undefined : thisOwnerAt(member);
  if (found?.kind !== 'instance' && found?.kind !== 'static') return undefined;
  for (const part of found.owner.body.body) {
    if (part.type === 'PropertyDefinition' && part.static === (found.kind === 'static') && part.value && keyOf(part) === name) return part.value;
    // An overload of TypeScript has no body.
    if (part.type !== 'MethodDefinition' || part.kind !== 'constructor' || found.kind === 'static' || !isFunction(part.value)) continue;
    for (const statement of part.value.body.body) {
      const assignment = statement.type === 'ExpressionStatement' ? statement.expression : undefined;
      if (assignment?.type !== 'AssignmentExpression' || assignment.operator !== '=') continue;
      const target = unwrapped(assignment.left);
      if (target?.type === 'MemberExpression' && target.object.type === 'ThisExpression' && propertyOf(target) === name) return assignment.right;
    }
  }
  return undefined;
}
