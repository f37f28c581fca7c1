import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { usesOfHandle, type Releases } from './handle-uses.js';
import type { FileModel } from './model.js';
import type { Place } from './places.js';
import { propertyOf, unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };
type Class = (ESTree.ClassDeclaration | ESTree.ClassExpression) & { readonly parent?: Parented | null; readonly abstract?: boolean };

/** Bases that release nothing that is not theirs: Node's own and the language's. */
const PLAIN_BASE = /^((events|stream|http|https|http2|net|tls|dgram|worker_threads|readline|async_hooks|util|fs|zlib)#|global#(Object|EventTarget|Error|Map|Set|Array|Promise)$)/;

/**
 * Whether code that is not seen, or not understood, may release what a place holds: of somebody else's object, of a class whose base is in
 * another file, or where a release takes a member of that name from something unknown.
 */
export function mayBeReleasedElsewhere(place: Place, releases: Releases, model: FileModel, checkDerived: boolean): boolean {
  const { root, path } = place;
  if (typeof root === 'string') return true;
  const [definition] = (root as Partial<Scope.Variable>).defs ?? [];
  if (definition?.type === 'ImportBinding' || (definition?.type === 'Parameter' && path.length > 0)) return true;
  if (definition !== undefined && path.length > 0 && isGiven(root as Scope.Variable, model)) return true;
  const name = path.at(-1);
  if (name === undefined) return false;
  const owner = (root as Parented).type === 'ClassBody' ? ((root as Parented).parent as Class) : undefined;
  if (owner !== undefined && !checkDerived && (hasUnknownBase(owner, model) || (owner.abstract === true && !name.startsWith('#')))) return true;
  const isRelated = owner !== undefined && (owner.superClass ?? isExtended(owner, model)) !== false;
  return model.nodes.of('CallExpression').some((call) => releases.byCall.test(model.resolver.pathOf(call.callee) ?? '') && call.arguments.some((argument) => mayBe(argument, { place, name, isRelated }, model)));
}

/** An object that leaves the function takes its members along. */
function isGiven(variable: Scope.Variable, model: FileModel): boolean {
  const [name] = variable.identifiers;
  const whole = name === undefined ? undefined : model.places.of(name);
  return whole === undefined || model.places.isExported(whole) || usesOfHandle(whole, { byCall: /^$/, byMethod: new Set() }, model).some(({ kind }) => kind === 'given');
}

function hasUnknownBase({ superClass }: Class, { resolver }: FileModel): boolean {
  const base = unwrapped(superClass);
  if (base === undefined) return false;
  if (base.type === 'Identifier' && resolver.variableOf(base)?.defs[0]?.type === 'ClassName') return false;
  return !PLAIN_BASE.test(resolver.pathOf(base) ?? '');
}

function isExtended(owner: Class, { places }: FileModel): boolean {
  const place = owner.id ? places.of(owner.id) : undefined;
  return place !== undefined && places.usesOf(place).some((use) => {
    const { parent } = use as Parented;
    return (parent?.type === 'ClassDeclaration' || parent?.type === 'ClassExpression') && parent.superClass === use;
  });
}

interface Wanted {
  readonly place: Place;
  readonly name: string;
  readonly isRelated: boolean;
}

/** Whether what is released may be the place: `job.timer` of an unknown `job`, `this[key]`, a field of that name of a related class. */
function mayBe(given: ESTree.Node, { place, name, isRelated }: Wanted, { places }: FileModel): boolean {
  const node = unwrapped(given);
  if (node?.type === 'LogicalExpression') return [node.left, node.right].some((side) => mayBe(side, { place, name, isRelated }, { places } as FileModel));
  if (node?.type !== 'MemberExpression') return false;
  const found = places.of(node);
  if (found === place) return false;
  const member = propertyOf(node);
  if (member === undefined) return found === undefined;
  if (member !== name) return false;
  const [definition] = (found?.root as Partial<Scope.Variable> | undefined)?.defs ?? [];
  return isRelated || found === undefined || definition?.type === 'Parameter' || definition?.type === 'Variable' || definition?.type === 'ImportBinding';
}
