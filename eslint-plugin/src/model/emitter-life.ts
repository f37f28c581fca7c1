import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction, type CallNode, type FunctionNode } from '../cross-file/functions.js';
import { MEMBERS_OF_SERVER } from '../data/emitters.js';
import { classOf, injectedAt, isConstructor, isProvider, type Class } from './injected.js';
import { madeOf } from './made-of.js';
import { functionAround, type FileModel } from './model.js';
import type { Place } from './places.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

const MAX_STEPS = 4;

export interface EmitterLives {
  /** Whether an emitter is still there when the handler that reached a node is over. */
  readonly outlives: (place: Place, node: ESTree.Node) => boolean;
}

/** @param callersOf the calls of a function within its file */
export function makeEmitterLives(model: FileModel, callersOf: (node: FunctionNode) => readonly CallNode[]): EmitterLives {
  const { places, reachOf, handlers } = model;

  function outlives(place: Place, node: ESTree.Node, steps: number): boolean {
    if (steps > MAX_STEPS || reachOf(node) === undefined || isRenewed(place)) return false;
    if (place.life === 'process' || place.life === 'call') return true;
    if (place.life === 'instance') {
      const owner = classOf(place);
      return isOlder(place, owner) || (owner !== undefined && isGivenLongLived(place, owner, steps));
    }
    const [definition] = (place.root as Partial<Scope.Variable>).defs ?? [];
    if (definition?.type !== 'Parameter' || !isFunction(definition.node)) return false;
    return isOfServer(place) || isPassedLongLived(place, definition.node, steps);
  }

  /** Whether a handler writes to the place, or to what it is a member of: then it is as young as that handler's call. */
  function isRenewed({ root, path }: Place): boolean {
    for (let length = path.length; length >= 0; length -= 1) {
      const part = places.at(root, path.slice(0, length));
      const isWritten = part !== undefined && places.usesOf(part).some((use) => {
        const { parent } = use as Parented;
        return parent?.type === 'AssignmentExpression' && parent.left === use && reachOf(parent) !== undefined && !isConstructor(functionAround(parent));
      });
      if (isWritten) return true;
    }
    return false;
  }

  /** Whether objects of a class, or of a function that is used as one, are there before a handler is called: it is one of their methods, or within one, or none makes them. */
  function isOlder({ root }: Place, owner: Class | undefined): boolean {
    if (owner !== undefined && isProvider(owner, model.resolver)) return true;
    const maker = owner ?? (root as Parented).parent;
    if (maker === null || maker === undefined) return false;
    const made = madeOf(maker, model);
    if (made.some((each) => reachOf(each) !== undefined)) return false;
    return made.length > 0 || handlers.some(({ node }) => isInside(node as Parented, maker) || thisOf(node as Parented)?.root === root);
  }

  /** The place of `this` in a method: those of functions with a prototype stand beside it. */
  function thisOf(method: Parented): Place | undefined {
    const own = isFunction(method) ? method.body : undefined;
    return own === undefined ? undefined : places.thisAt(own);
  }

  /** `new Session(bus)` in a handler, for the field that the constructor puts it in. */
  function isGivenLongLived(place: Place, owner: Class, steps: number): boolean {
    const position = injectedAt(place, owner, model);
    return position !== undefined && madeOf(owner, model).some((made) => isLongLived(made.arguments[position], made, steps));
  }

  /** Whether some call gives a parameter what outlives the handler. */
  function isPassedLongLived({ root }: Place, owner: FunctionNode, steps: number): boolean {
    const position = owner.params.findIndex((parameter) => places.of(parameter)?.root === root);
    return position >= 0 && callersOf(owner).some((call) => isLongLived(call.arguments[position], call, steps));
  }

  function isLongLived(given: ESTree.Node | undefined, node: ESTree.Node, steps: number): boolean {
    const place = places.of(given);
    return place !== undefined && outlives(place, node, steps + 1);
  }

  return { outlives: (place, node) => outlives(place, node, 0) };
}

/** `request.server.events` */
function isOfServer({ path }: Place): boolean {
  return path.some((name) => MEMBERS_OF_SERVER.test(name));
}

function isInside(node: Parented, owner: Parented): boolean {
  for (let at: Parented | null | undefined = node; at !== null && at !== undefined; at = at.parent) if (at === owner) return true;
  return false;
}
