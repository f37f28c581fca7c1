import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { constantOf } from '../model/constant.js';
import { deadlineOf } from '../model/deadlines.js';
import { isCaught } from '../model/handle-uses.js';
import { longLivedRacer, onlyResolves, racersOf } from '../model/races.js';
import { fileModel, functionAround, type FileModel } from '../model/model.js';
import { callWith, methodCalledOn, whenRuns } from '../model/releases.js';
import { timerBehind, type TimerPromise } from '../model/timer-promises.js';
import { clearAfterRace } from '../fixes/clear-after-race.js';
import { mentions } from '../model/words.js';

/** Measured with Node 20: what an armed timer of a race that was won by another keeps, and a race with a promise that stays pending. */
const BYTES_PER_TIMER = 721;
const BYTES_PER_RACE = 416;
const CLEARS = /^(global|timers)#clear(Timeout|Interval)$/;

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Require the timer of a race or a deadline to be cleared when the work is done',
      recommended: 'warn',
      strict: 'error',
      url: new URL('./no-leaked-timeout.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    hasSuggestions: true,
    messages: {
      armed: 'When another promise wins, this timer stays armed {{ ms }} and keeps what it closes over in memory (about 720 bytes a call, and that). {{ how }}',
      deadline: "This timer stays armed when the work is done before its time has come, and keeps '{{ name }}' and what it closes over in memory until then (about 720 bytes a call, and that). Keep its handle and clear it when the work is done.",
      pending: "Every race with '{{ name }}' adds a reaction to it that stays until it settles: 416 bytes a round, and what they close over. Wait for it once, outside.",
      noop: 'This clears nothing: it is given a promise of timers/promises, not a timer. Give that a signal.',
      clear: 'Clear the timer when the race is over.',
    },
    schema: [{ type: 'object', properties: { minDelay: { type: 'number', minimum: 0 } }, additionalProperties: false }],
  },
  create(context) {
    if (!mentions(context.sourceCode, ['race', 'setTimeout', 'timers/promises'])) return {};
    const { minDelay = 0 } = (context.options[0] ?? {}) as { readonly minDelay?: number };
    return {
      'Program:exit'() {
        const model = fileModel(context);
        for (const call of model.nodes.of('CallExpression')) {
          const path = model.resolver.pathOf(call.callee) ?? '';
          if (CLEARS.test(path) && isPromisedTimer(call.arguments[0], model)) context.report({ node: call, messageId: 'noop', data: { per: 'call' } });
          const deadline = deadlineOf(call, model);
          if (deadline !== undefined && (constantOf(call.arguments[1], model.resolver) ?? Number.POSITIVE_INFINITY) >= minDelay) {
            context.report({ node: call, messageId: 'deadline', data: { name: deadline.name, per: model.reachOf(call)?.scope ?? 'call', costBytes: BYTES_PER_TIMER } });
          }
          if (path === 'global#Promise.race') checkRace(call, { context, model, minDelay });
        }
      },
    };
  },
};

export default rule;

interface Check {
  readonly context: Rule.RuleContext;
  readonly model: FileModel;
  readonly minDelay: number;
}

function checkRace(race: ESTree.SimpleCallExpression, { context, model, minDelay }: Check): void {
  const reach = model.reachOf(race);
  for (const racer of racersOf(race, model)) {
    const timer = timerBehind(racer, model, context.sourceCode);
    if (timer !== undefined && (timer.delayMs ?? Number.POSITIVE_INFINITY) >= minDelay && isLeft(timer, race, model)) {
      const ms = timer.delayMs === undefined ? 'until its time has come' : `for ${timer.delayMs.toLocaleString('en')} ms`;
      const how = timer.isFromHelper ? 'Give it a signal that is aborted in finally, or use AbortSignal.timeout().' : 'Clear it in finally.';
      const facts: Record<string, string | number> = { ms, how, per: reach?.scope ?? 'call', costBytes: BYTES_PER_TIMER };
      // A timer in place of a promise is another mistake too.
      const fix = timer.timer === racer ? undefined : clearAfterRace(timer, race, context.sourceCode);
      context.report({ node: race, messageId: 'armed', data: facts, ...(fix !== undefined && { suggest: [{ messageId: 'clear', fix }] }) });
      return;
    }
    const name = longLivedRacer(racer, race, model);
    if (name !== undefined) {
      const facts: Record<string, string | number> = { name, per: reach?.scope ?? 'call', costBytes: BYTES_PER_RACE };
      context.report({ node: race, messageId: 'pending', data: facts });
      return;
    }
  }
}

/** Whether nothing clears a timer, or only what an error skips. Who else is given it may clear it. */
function isLeft({ place }: TimerPromise, race: ESTree.SimpleCallExpression, model: FileModel): boolean {
  if (place === undefined) return true;
  const { places, resolver } = model;
  const owner = functionAround(race);
  // A race that cannot be lost by an error needs no finally.
  const cannotThrow = racersOf(race, model).every((racer) => onlyResolves(racer, model));
  for (const use of places.usesOf(place)) {
    const call = callWith(use);
    const isCleared = call === undefined ? /^(close|unref)$/.test(methodCalledOn(use) ?? '') : CLEARS.test(resolver.pathOf(call.callee) ?? '');
    if (isCleared && (cannotThrow || methodCalledOn(use) === 'unref' || whenRuns(call ?? use, owner) === 'always' || isCaught(race, use))) return false;
    if (call !== undefined && !isCleared) return false;
    if (isPassedOn(use)) return false;
  }
  return true;
}

/** Returned, or put somewhere else. */
function isPassedOn(use: ESTree.Node): boolean {
  const { parent } = use as { readonly parent?: ESTree.Node };
  if (parent?.type === 'AssignmentExpression') return parent.right === use;
  return parent?.type === 'ReturnStatement' || parent?.type === 'Property' || parent?.type === 'ArrayExpression';
}

function isPromisedTimer(node: ESTree.Node | undefined, { resolver }: FileModel): boolean {
  return node !== undefined && constantOf(node, resolver) === undefined && resolver.pathOf(node) === 'timers/promises#setTimeout()';
}
