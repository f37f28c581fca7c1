import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import type { FileModel } from '../model/model.js';
import type { Place } from '../model/places.js';
import { keyOf } from '../model/resolver.js';
import { closingEvent, emitterAround, statementOf } from './end-of-handler.js';
import { finallyRelease } from './finally-release.js';

type Parented = ESTree.Node & { readonly parent?: Parented | null };

export interface ClearGiven {
  /** The call of setInterval(), with what is called on its result. */
  readonly handle: ESTree.Node;
  /** Where it is held; undefined if it is dropped. */
  readonly place: Place | undefined;
  /** The statements that clear it, if errors skip them. */
  readonly skipped: readonly ESTree.Node[];
  readonly context: Rule.RuleContext;
  readonly model: FileModel;
  /** More names of methods that clean up. */
  readonly cleanupMethods: readonly string[];
}

export interface ClearFix {
  /** Ends the sentence "Clear it …". */
  readonly when: string;
  readonly fix: Rule.ReportFixer;
}

const CLEANUP = new Set(['close', 'stop', 'destroy', 'dispose', 'end', 'shutdown', 'disconnect', 'unsubscribe', 'teardown', 'cleanup', 'onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown', 'onDestroy']);

/** Writes what clears an interval. Undefined where the code has no place for it. */
export function clearInterval(given: ClearGiven): ClearFix | undefined {
  const { handle, place, skipped, context, model } = given;
  const [release] = skipped;
  if (release !== undefined) {
    const fix = finallyRelease(handle, release, context.sourceCode);
    return fix === undefined ? undefined : { when: 'in finally', fix };
  }
  if (place !== undefined && (place.root as Parented).type === 'ClassBody' && place.path.length === 1) return inClass(given, place);
  return model.reachOf(handle) === undefined ? undefined : onClose(given);
}

/** `res.once('close', () => clearInterval(timer));` on the next line. */
function onClose({ handle, place, model, context: { sourceCode } }: ClearGiven): ClearFix | undefined {
  const emitter = emitterAround(handle, model);
  const statement = statementOf(handle);
  if (emitter === undefined || statement === undefined || (place !== undefined && !/^[\w$]+$/.test(place.name))) return undefined;
  const event = closingEvent(emitter, sourceCode);
  const name = place?.name ?? freeName(sourceCode.text);
  const indent = ' '.repeat(statement.loc?.start.column ?? 0);
  return {
    when: `on '${event}'`,
    fix: (fixer) => [
      ...(place === undefined ? [fixer.insertTextBefore(handle, `const ${name} = `)] : []),
      fixer.insertTextAfter(statement, `\n${indent}${emitter}.once('${event}', () => clearInterval(${name}));`),
    ],
  };
}

/** In the method of the class that cleans up, or in a new one. */
function inClass({ context: { sourceCode }, cleanupMethods }: ClearGiven, { name, root }: Place): ClearFix | undefined {
  const { body, loc } = root as ESTree.ClassBody; // A place of `this` has the body of its class.
  const clear = `clearInterval(${name});`;
  for (const member of body) {
    if (member.type !== 'MethodDefinition' || member.static || !isFunction(member.value)) continue;
    const method = keyOf(member);
    const isDispose = /^Symbol\.(asyncDispose|dispose)$/.test(sourceCode.getText(member.key));
    if (!isDispose && (method === undefined || !(CLEANUP.has(method) || cleanupMethods.includes(method)))) continue;
    const open = sourceCode.getFirstToken(member.value.body);
    if (open !== null) return { when: `in ${method ?? `[${sourceCode.getText(member.key)}]`}()`, fix: (fixer) => fixer.insertTextAfter(open, ` ${clear}`) };
  }
  const last = body.at(-1);
  if (last === undefined) return undefined;
  const indent = loc?.start.line === last.loc?.start.line ? ' ' : `\n${' '.repeat(last.loc?.start.column ?? 2)}`;
  return { when: 'in a new [Symbol.dispose]()', fix: (fixer) => fixer.insertTextAfter(last, `${indent}[Symbol.dispose]() { ${clear} }`) };
}

function freeName(text: string): string {
  return ['interval', 'timer', 'intervalTimer'].find((name) => !new RegExp(`\\b${name}\\b`).test(text)) ?? 'intervalOfHandler';
}
