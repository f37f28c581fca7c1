import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type FunctionNode } from '../cross-file/functions.js';
import { PROVIDER_DECORATORS } from '../data/emitters.js';
import { exportedName } from './exported-name.js';
import { keyOf, type Resolver } from './resolver.js';
import type { FileModel } from './model.js';
import type { Place } from './places.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };
export type Class = (ESTree.ClassDeclaration | ESTree.ClassExpression) & { readonly decorators?: readonly { readonly expression: ESTree.Node }[] };

/** The class whose objects have a place; undefined for what is no member of `this`. */
export function classOf({ root }: Place): Class | undefined {
  const { type, parent } = root as Parented;
  return type === 'ClassBody' && (parent?.type === 'ClassDeclaration' || parent?.type === 'ClassExpression') ? parent : undefined;
}

/** The field that a constructor puts a parameter into: `this.bus` for `bus` of `this.bus = bus`; others as they are. */
export function fieldOf(place: Place, { places }: FileModel): Place {
  const [definition] = (place.root as Partial<Scope.Variable>).defs ?? [];
  if (definition?.type !== 'Parameter' || place.path.length > 0 || !isConstructor(definition.node)) return place;
  for (const use of places.usesOf(place)) {
    const { parent } = use as Parented;
    const field = parent?.type === 'AssignmentExpression' && parent.right === use && parent.operator === '=' ? places.of(parent.left) : undefined;
    if (field?.life === 'instance' && field.path.length === 1) return field;
  }
  return place;
}

/** The position of the constructor's parameter that a field, or a parameter itself, has its value from; undefined where it has another. */
export function injectedAt(place: Place, owner: Class, model: FileModel): number | undefined {
  const { places } = model;
  const constructor = owner.body.body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor');
  if (constructor?.type !== 'MethodDefinition' || !isFunction(constructor.value)) return undefined;
  const position = constructor.value.params.findIndex((given) => {
    const { name, isField } = parameterOf(given);
    const parameter = name === undefined ? undefined : places.of(name);
    return parameter !== undefined && (parameter === place || (!isField && fieldOf(parameter, model) === place));
  });
  return position < 0 ? undefined : position;
}

function parameterOf(given: Parented | { readonly type: 'TSParameterProperty'; readonly parameter: Parented }): { readonly name: ESTree.Node | undefined; readonly isField: boolean } {
  const isField = given.type === 'TSParameterProperty';
  const inner = isField ? given.parameter : given;
  const name = inner.type === 'AssignmentPattern' ? inner.left : inner;
  return { name: name.type === 'Identifier' ? name : undefined, isField };
}

export function isConstructor(node: unknown): node is FunctionNode {
  return isFunction(node) && (node as Parented).parent?.type === 'MethodDefinition' && ((node as Parented).parent as ESTree.MethodDefinition).kind === 'constructor';
}

/** Whether a framework makes one object of a class: `@Injectable()` without a scope. */
export function isProvider({ decorators = [] }: Class, resolver: Resolver): boolean {
  return decorators.some(({ expression }) => {
    const [options] = expression.type === 'CallExpression' ? expression.arguments : [];
    const hasScope = options?.type === 'ObjectExpression' && options.properties.some((property) => property.type === 'Property' && keyOf(property) === 'scope');
    return PROVIDER_DECORATORS.has(exportedName(expression, resolver) ?? '') && !hasScope;
  });
}
