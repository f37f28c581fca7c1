import type { Rule, Scope } from 'eslint';
import type * as ESTree from 'estree';

import { isOwnerCaredFor } from '../model/cleanup-calls.js';
import { constantOf } from '../model/constant.js';
import { isDroppedByCallers } from '../model/dropped-by-callers.js';
import { isSkippedByErrors, usesOfHandle, type Releases } from '../model/handle-uses.js';
import { ownerOf, type HandleOwner } from '../model/handle-owner.js';
import { mayBeReleasedElsewhere } from '../model/fields.js';
import { isLazy } from '../model/lazy.js';
import { fileModel, wayOf, type FileModel } from '../model/model.js';
import type { Place } from '../model/places.js';
import { propertyOf } from '../model/resolver.js';
import { isInInstance, runsOnce } from '../model/runs-once.js';
import { chainOf, clearsItself, isUnrefAt } from '../model/timer-chain.js';
import { settingsOrDefaults } from '../settings.js';
import { clearInterval } from '../fixes/clear-interval.js';
import { mentions } from '../model/words.js';

interface Options {
  readonly allowUnref?: 'process' | 'always' | 'never';
  readonly checkTimeouts?: number | false;
  readonly checkDerived?: boolean;
}

/** Measured with Node 20: what each interval keeps beside what its callback closes over. */
const BYTES_PER_INTERVAL = 237;
const INTERVAL = /^(global|timers)#setInterval$/;
const TIMEOUT = /^(global|timers)#setTimeout$/;
const CLEARS = /^(global|timers)#clear(Interval|Timeout|Immediate)$/;
const METHODS_OF_TIMERS = ['close', 'dispose', '@@dispose'];

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Require an interval started in a function to be cleared',
      recommended: 'error',
      url: new URL('./no-leaked-interval.md', import.meta.url).href,
    },
    hasSuggestions: true,
    messages: {
      leaked: 'This {{ what }} is created on every {{ per }} and {{ why }}. It keeps its callback and everything that closes over for the life of the process.',
      clear: 'Clear it {{ when }}.',
    },
    schema: [{
      type: 'object',
      properties: {
        allowUnref: { enum: ['process', 'always', 'never'] },
        checkTimeouts: { anyOf: [{ const: false }, { type: 'number', minimum: 0 }] },
        checkDerived: { type: 'boolean' },
      },
      additionalProperties: false,
    }],
  },
  create(context) {
    const options = (context.options[0] ?? {}) as Options;
    const { checkTimeouts = false } = options;
    if (!mentions(context.sourceCode, checkTimeouts === false ? ['setInterval'] : ['setInterval', 'setTimeout'])) return {};
    return {
      'Program:exit'() {
        const model = fileModel(context);
        for (const call of model.nodes.of('CallExpression')) {
          const path = model.resolver.pathOf(call.callee) ?? '';
          const isLong = checkTimeouts !== false && TIMEOUT.test(path) && (constantOf(call.arguments[1], model.resolver) ?? 0) >= checkTimeouts;
          if (INTERVAL.test(path) || isLong) check(call, { context, model, options });
        }
      },
    };
  },
};

export default rule;

interface Check {
  readonly context: Rule.RuleContext;
  readonly model: FileModel;
  readonly options: Options;
}

function check(call: ESTree.SimpleCallExpression, { context, model, options }: Check): void {
  const reach = model.reachOf(call);
  if ((reach === undefined && runsOnce(call, model)) || clearsItself(call, context.sourceCode)) return;
  const { handle, isUnreferenced } = chainOf(call);
  const given = ownerOf(handle, model);
  const owner: HandleOwner = given.kind === 'elsewhere' && isDroppedByCallers(handle, model) ? { kind: 'dropped' } : given;
  const isHarmless = (isUnref: boolean): boolean => isUnref && options.allowUnref !== 'never' && (options.allowUnref === 'always' || (reach === undefined && !isInInstance(call)));
  if (owner.kind === 'elsewhere' || isHarmless(isUnreferenced)) return;

  const place = owner.kind === 'dropped' ? undefined : owner.place;
  if (place !== undefined && isUnrefAt(place, model) && isHarmless(true)) return;
  const { cleanupMethods, cleanupCalls } = settingsOrDefaults(context.settings);
  const releases = { byCall: CLEARS, byMethod: new Set([...METHODS_OF_TIMERS, ...cleanupMethods]), cleanupCalls };
  const leak = leakOf(owner, handle, { model, options, releases });
  if (leak === undefined) return;
  const per = reach?.scope ?? (isInInstance(call) ? 'instance' : 'call');
  const what = INTERVAL.test(model.resolver.pathOf(call.callee) ?? '') ? 'interval' : 'timeout';
  const data = { what, per, why: leak.why, costBytes: String(BYTES_PER_INTERVAL), ...(reach !== undefined && { from: wayOf(reach) }) };
  const clear = owner.kind === 'collected' ? undefined : clearInterval({ handle, place, skipped: leak.skipped, context, model, cleanupMethods });
  context.report({ node: call, messageId: 'leaked', data, ...(clear !== undefined && { suggest: [{ messageId: 'clear', data: { when: clear.when }, fix: clear.fix }] }) });
}

interface Leak {
  readonly why: string;
  /** What clears it unless an error comes first. */
  readonly skipped: readonly ESTree.Node[];
}

interface Given extends Pick<Check, 'model' | 'options'> {
  readonly releases: Releases;
}

function leakOf(owner: HandleOwner, handle: ESTree.Node, given: Given): Leak | undefined {
  if (owner.kind === 'dropped') return { why: 'never cleared: what setInterval() returns is dropped', skipped: [] };
  if (owner.kind === 'held') return leakAt(owner.place, handle, given);
  return owner.kind === 'collected' && isOnlyAddedTo(owner.place, handle, given) ? { why: `nothing clears what is in '${owner.place.name}'`, skipped: [] } : undefined;
}

/** Why what a place holds is left, or undefined if it is released or may be. */
function leakAt(place: Place, handle: ESTree.Node, { model, options, releases }: Given): Leak | undefined {
  if (mayBeReleasedElsewhere(place, releases, model, options.checkDerived ?? false) || isOwnerCaredFor(place, releases.cleanupCalls, model)) return undefined;
  const uses = usesOfHandle(place, releases, model);
  if (model.places.usesOf(place).some((use, position) => uses[position]?.kind === 'given' && !isDroppedByCallers(use, model))) return undefined;
  const released = uses.flatMap((use) => (use.kind === 'released' ? [use.node] : []));
  // Started only once, kept for as long as the process lives.
  if (released.length === 0) return place.life === 'process' && isLazy(handle, model.resolver) ? undefined : { why: `'${place.name}' is never passed to clearInterval()`, skipped: [] };
  const isLocal = place.path.length === 0 && place.life !== 'process';
  return isLocal && isSkippedByErrors(handle, released, waitsIn(model)) ? { why: `not cleared when the await before clearInterval(${place.name}) throws`, skipped: released } : undefined;
}

/** Where a function waits for what may fail. */
function waitsIn({ nodes }: FileModel): readonly ESTree.Node[] {
  return [...nodes.of('AwaitExpression'), ...nodes.of('ForOfStatement').filter((loop) => loop.await)];
}

/** Whether a collection is only added to. */
function isOnlyAddedTo(place: Place, handle: ESTree.Node, { model, releases }: Given): boolean {
  const [definition] = (place.root as Partial<Scope.Variable>).defs ?? [];
  if (definition?.type === 'Parameter' || model.places.isExported(place) || mayBeReleasedElsewhere(place, releases, model, false) || isOwnerCaredFor(place, releases.cleanupCalls, model)) return false;
  return model.places.usesOf(place).every((use) => {
    const { parent } = use as { readonly parent?: ESTree.Node };
    if (parent?.type === 'VariableDeclarator' || parent?.type === 'PropertyDefinition') return true;
    if (parent?.type === 'AssignmentExpression') return parent.left === use;
    return parent?.type === 'MemberExpression' && (/^(push|unshift|add|set|has|size|length)$/.test(propertyOf(parent) ?? '') || isAround(parent, handle));
  });
}

/** `timers[key] = HANDLE` */
function isAround(member: ESTree.Node, handle: ESTree.Node): boolean {
  const { parent } = member as { readonly parent?: ESTree.Node };
  return parent?.type === 'AssignmentExpression' && parent.left === member && parent.right === handle;
}
