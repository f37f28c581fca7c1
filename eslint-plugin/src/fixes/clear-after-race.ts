import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import type { TimerPromise } from '../model/timer-promises.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

/** Clears a timer in `.finally()` of its race, and gives it a name if it has none. Undefined for timers that a helper starts. */
export function clearAfterRace({ timer, place, isFromHelper }: TimerPromise, race: ESTree.SimpleCallExpression, sourceCode: SourceCode): Rule.ReportFixer | undefined {
  if (isFromHelper) return undefined;
  if (place !== undefined) return (fixer) => fixer.insertTextAfter(race, `.finally(() => clearTimeout(${place.name}))`);
  const [timerStatement, raceStatement] = [outerStatement(timer), statementAround(race)];
  if (timerStatement === undefined || raceStatement === undefined) return undefined;
  const before = timerStatement;
  // Visible at the race: in the same block, or in one around it.
  if (!isInside(raceStatement, before.parent) || !['BlockStatement', 'Program'].includes(before.parent?.type ?? '')) return undefined;
  const name = freeName(sourceCode);
  const indent = ' '.repeat(before.loc?.start.column ?? 0);
  const [open, close] = bracketsAround(timer);
  return (fixer) => [
    fixer.insertTextBefore(before, `let ${name};\n${indent}`),
    fixer.insertTextBefore(timer, `${open}${name} = `),
    fixer.insertTextAfter(timer, close),
    fixer.insertTextAfter(race, `.finally(() => clearTimeout(${name}))`),
  ];
}

/** The statement in which a promise is made, around the executor that starts its timer. */
function outerStatement(timer: ESTree.Node): Parented | undefined {
  let at: Parented | null | undefined = timer;
  while (at !== null && at !== undefined && !isFunction(at)) at = at.parent;
  return at === null || at === undefined ? undefined : statementAround(at);
}

function statementAround(node: ESTree.Node): Parented | undefined {
  let at: Parented | null | undefined = node;
  while (at !== null && at !== undefined && at.parent?.type !== 'BlockStatement' && at.parent?.type !== 'Program') {
    at = at.parent;
    // An arrow without a block has no place for a declaration.
    if (at?.type === 'ArrowFunctionExpression' && at.body.type !== 'BlockStatement') return undefined;
  }
  return at ?? undefined;
}

function isInside(node: Parented, block: Parented | null | undefined): boolean {
  for (let at: Parented | null | undefined = node; at !== null && at !== undefined; at = at.parent) if (at === block) return true;
  return false;
}

/** What an assignment needs around it: `void (timer = …)`. */
function bracketsAround(timer: Parented): readonly [open: string, close: string] {
  if (timer.parent?.type === 'ExpressionStatement' || timer.parent?.type === 'VariableDeclarator') return ['', ''];
  return timer.parent?.type === 'ArrowFunctionExpression' && timer.parent.body === timer ? ['{ ', '; }'] : ['(', ')'];
}

function freeName({ text }: SourceCode): string {
  return ['timer', 'raceTimer', 'raceTimeout'].find((name) => !new RegExp(`\\b${name}\\b`).test(text)) ?? 'timerOfRace';
}
