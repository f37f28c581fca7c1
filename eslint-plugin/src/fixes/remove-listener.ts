import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { listenerOf } from '../model/listener-identity.js';
import type { ListenerLeak } from '../model/listener-leaks.js';
import type { FileModel } from '../model/model.js';
import type { Registration } from '../model/registrations.js';
import { unwrapped } from '../model/resolver.js';
import { closingEvent, emitterAround, statementOf } from './end-of-handler.js';

export interface RemovalFix {
  /** Ends the sentence "Remove it …". */
  readonly when: string;
  readonly fix: Rule.ReportFixer;
}

const REMOVES: Readonly<Record<string, string>> = { on: 'off', prependListener: 'off', addListener: 'removeListener', addEventListener: 'removeEventListener' };

/** Writes what removes a listener: when the response or the socket closes, or in the method that ends the object. Undefined where the code has no place for it. */
export function removeListener(added: Registration, leak: ListenerLeak, context: Rule.RuleContext, model: FileModel): RemovalFix | undefined {
  const method = REMOVES[added.method];
  const event = textOfEvent(added, context);
  if (method === undefined || event === undefined || added.listener === undefined || added.emitter.type === 'CallExpression') return undefined;
  if (leak.kind !== 'reached' && leak.kind !== 'injected') return undefined;
  return leak.kind === 'reached' ? onClose(added, { method, event, context, model }) : inCleanup(added, leak, { method, event, context, model });
}

interface Given {
  readonly method: string;
  readonly event: string;
  readonly context: Rule.RuleContext;
  readonly model: FileModel;
}

/** `res.once('close', () => bus.off('x', listener));` on the next line; a function that is written in the call gets a name first. */
function onClose({ call, emitter, listener, options }: Registration, { method, event, context: { sourceCode }, model }: Given): RemovalFix | undefined {
  const ender = emitterAround(call, model);
  const statement = statementOf(call);
  // What is added to the ender itself is left on it when it is used again, not when it closes.
  if (ender === undefined || ender === sourceCode.getText(emitter) || listener === undefined || statement?.type !== 'ExpressionStatement' || unwrapped(statement.expression) !== call) return undefined;
  const identity = listenerOf(listener, model);
  if (identity.kind === 'unknown') return undefined;
  const isNamed = identity.kind === 'named' && !isFunction(listener);
  const name = isNamed ? sourceCode.getText(listener) : freeName(event, sourceCode.text);
  const closing = closingEvent(ender, sourceCode);
  const indent = ' '.repeat(statement.loc?.start.column ?? 0);
  const given = [event, name, ...(method === 'removeEventListener' && options !== undefined ? [sourceCode.getText(options)] : [])].join(', ');
  return {
    when: `on '${closing}'`,
    fix: (fixer) => [
      ...(isNamed ? [] : [fixer.insertTextBefore(statement, `const ${name} = ${sourceCode.getText(listener)};\n${indent}`), fixer.replaceText(listener, name)]),
      fixer.insertTextAfter(statement, `\n${indent}${ender}.once('${closing}', () => ${sourceCode.getText(emitter)}.${method}(${given}));`),
    ],
  };
}

/** First in the method that ends the object: for listeners that are fields or methods of it. */
function inCleanup({ key, listener }: Registration, leak: Extract<ListenerLeak, { readonly kind: 'injected' }>, { method, event, context: { sourceCode }, model }: Given): RemovalFix | undefined {
  const identity = listener === undefined ? undefined : listenerOf(listener, model);
  const open = isFunction(leak.cleanup.value) ? sourceCode.getFirstToken(leak.cleanup.value.body) : null;
  if (typeof key !== 'object' || key.life !== 'instance' || identity?.kind !== 'named' || identity.place.life !== 'instance' || open === null) return undefined;
  return { when: `in ${leak.cleanupName === '@@dispose' ? '[Symbol.dispose]' : leak.cleanupName}()`, fix: (fixer) => fixer.insertTextAfter(open, ` ${key.name}.${method}(${event}, ${identity.place.name});`) };
}

/** Texts and names are there again later; other expressions may be another event then. */
function textOfEvent({ eventNode }: Registration, { sourceCode }: Rule.RuleContext): string | undefined {
  const node: ESTree.Node | undefined = unwrapped(eventNode);
  return node !== undefined && ['Literal', 'Identifier', 'MemberExpression'].includes(node.type) ? sourceCode.getText(node) : undefined;
}

/** `onUpdate` for 'update', or another name that the file does not have. */
function freeName(event: string, text: string): string {
  const word = /^['"]([a-z])([A-Za-z]*)['"]$/.exec(event);
  const names = [...(word === null ? [] : [`on${word[1]?.toUpperCase() ?? ''}${word[2] ?? ''}`]), 'listener', 'onEvent', 'listenerOfHandler'];
  return names.find((name) => !new RegExp(`\\b${name}\\b`).test(text)) ?? 'listenerOfThisHandler';
}
