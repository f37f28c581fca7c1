import type { Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isExecutor } from './executors.js';
import { functionAround, type FileModel } from './model.js';
import type { Registration } from './registrations.js';
import { unwrapped } from './resolver.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** Events of streams and channels that come again and again, for which a part of the work waits. */
const AWAITED = /^(drain|readable|data|message|line|response)$/;
/** Events that by their names come more than once. */
const REPEATED = /^(re(connect|load|start|fresh|try|subscrib|open)\w*|data|message|request|readable|drain|line|packet)$/;

/** A listener that an emitter gets once more with each of its events, or with each wait for one. */
export interface RepeatedLeak {
  readonly by: 'event' | 'wait';
  readonly other: string;
}

export function repeatedLeak(added: Registration, registrations: readonly Registration[], model: FileModel): RepeatedLeak | undefined {
  if (added.key === undefined) return undefined;
  return added.kind === 'once' ? waitedBeside(added, registrations, model) : addedByEvent(added, registrations);
}

/**
 * `new Promise((resolve, reject) => { stream.once('error', reject); stream.once('drain', resolve); })`: with each `drain`, the listener for `error` stays,
 * for `once()` takes it off only when its own event comes. Undefined where the stream goes with the function that waits.
 */
export function waitedBeside({ call, event, key }: Registration, registrations: readonly Registration[], model: FileModel): RepeatedLeak | undefined {
  const executor = functionAround(call);
  if (executor === undefined || !isExecutor(executor, model)) return undefined;
  if (typeof event !== 'string' || AWAITED.test(event) || typeof key !== 'object' || isOwn(key.root, executor)) return undefined;
  const other = registrations.find((each) => each.kind === 'once' && each.key === key && isNamed(each, AWAITED) && functionAround(each.call) === executor);
  return typeof other?.event === 'string' ? { by: 'wait', other: other.event } : undefined;
}

/** A variable of the function that waits. */
function isOwn(root: object | string, executor: ESTree.Node): boolean {
  const { defs = [] } = root as Partial<Scope.Variable>;
  return defs.some(({ type, node }) => type === 'Variable' && functionAround(node) === functionAround(executor));
}

/** `connection.on('reconnect', () => { connection.on('connected', f); })` */
function addedByEvent({ call, key }: Registration, registrations: readonly Registration[]): RepeatedLeak | undefined {
  const listener = functionAround(call);
  if (listener === undefined || !isPlain(call, listener)) return undefined;
  const outer = registrations.find((each) => each.kind === 'add' && each.key === key && unwrapped(each.listener) === listener && isNamed(each, REPEATED));
  return typeof outer?.event === 'string' ? { by: 'event', other: outer.event } : undefined;
}

function isNamed({ event }: Registration, name: RegExp): boolean {
  return typeof event === 'string' && name.test(event);
}

/** Whether nothing in a function decides about a call: it is a statement of it, or all that it does. */
function isPlain(call: Parented, around: ESTree.Node): boolean {
  const { parent } = call;
  if (parent === around) return true;
  return parent?.type === 'ExpressionStatement' && parent.parent?.parent === around;
}
