import type * as ESTree from 'estree';

import { exportedName } from '../model/exported-name.js';
import { keyOf } from '../model/resolver.js';
import type { Mark, Parts } from './find-handlers.js';
import { HANDLER_DECORATORS, HANDLER_TYPES } from './tables.js';

interface ClassParent {
  readonly parent?: { readonly parent?: { readonly superClass?: ESTree.Expression | null; readonly implements?: readonly { readonly expression: object }[] } };
}

/** Methods with the decorator of a handler, and those that a class must have for what it implements or extends: `canActivate` of a CanActivate. */
export function byClass(method: ESTree.MethodDefinition, parts: Parts, mark: Mark): void {
  byDecorator(method, parts, mark);
  const owner = (method as ClassParent).parent?.parent;
  const types = [...(owner?.implements ?? []).map(({ expression }) => expression), ...(owner?.superClass ? [owner.superClass] : [])];
  for (const type of types) {
    const name = exportedName(type, parts.resolver) ?? '';
    const found = Object.hasOwn(HANDLER_TYPES, name) ? HANDLER_TYPES[name] : undefined;
    if (found?.method === keyOf(method)) mark(method.value, found?.scope ?? 'request', `${name}.${found?.method ?? ''}`, method);
  }
}

function byDecorator(method: ESTree.MethodDefinition, { settings, resolver }: Parts, mark: Mark): void {
  const { decorators = [] } = method as { readonly decorators?: readonly { readonly expression: ESTree.Node }[] };
  for (const { expression } of decorators) {
    const name = exportedName(expression, resolver);
    if (name === undefined) continue;
    const scope = Object.hasOwn(HANDLER_DECORATORS, name) ? HANDLER_DECORATORS[name] : settings.handlerDecorators.includes(name) ? 'request' : undefined;
    if (scope !== undefined) mark(method.value, scope, `@${name}`, method);
  }
}
