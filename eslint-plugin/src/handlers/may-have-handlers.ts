import type { Rule, SourceCode } from 'eslint';

import { mentions, mentionsLike } from '../model/words.js';
import { settingsOrDefaults, type HcnodeSettings } from '../settings.js';
import { FOR_REQUESTS, HANDLER_DECORATORS, HANDLER_EXPORTS, HANDLER_TYPES, HTTP_FRAMEWORKS, LAMBDA_EXPORT, ROUTE_METHODS, ROUTER_NAMES } from './tables.js';

type Given = Pick<Rule.RuleContext, 'sourceCode' | 'settings'>;

const known = new WeakMap<SourceCode, boolean>();

/**
 * Whether a file can have handlers, by its words alone. Most files of most programs cannot, and rules about handlers leave them at once.
 * It may be wrong about a file that has none, never about one that has: each way by which find-handlers.ts recognises one needs some of these words.
 */
export function mayHaveHandlers({ sourceCode, settings }: Given): boolean {
  const before = known.get(sourceCode);
  if (before !== undefined) return before;
  const may = isTold(settingsOrDefaults(settings)) || hasWords(sourceCode);
  known.set(sourceCode, may);
  return may;
}

/** Settings name handlers by texts of any kind, and the index of files knows of any function. */
function isTold({ crossFile, handlerCalls, handlerSignatures, handlerDecorators }: HcnodeSettings): boolean {
  return crossFile === 'index' || handlerCalls.length > 0 || handlerSignatures.length > 0 || handlerDecorators.length > 0;
}

/** Each of these says it alone: packages, calls, interfaces, hooks. */
const ALONE: ReadonlySet<string> = new Set([
  ...HTTP_FRAMEWORKS, 'fastify-plugin', ...Object.keys(HANDLER_TYPES),
  'createServer', 'createSecureServer', 'Server', 'bullmq', 'Bun', 'Deno', 'addHook', 'setErrorHandler', 'setNotFoundHandler', 'addContentTypeParser', 'consume', 'eachMessage', 'eachBatch', 'resolvers',
]);

/** A file that has one of each list may have handlers. */
const TOGETHER: readonly (readonly Iterable<string>[])[] = [
  [['req', '_req', 'request', '_request'], ['res', '_res', 'resp', '_resp', 'response', '_response', 'reply', '_reply']],
  [['ctx'], ['next']],
  [['@'], Object.keys(HANDLER_DECORATORS)],
  [['export'], HANDLER_EXPORTS],
  [[LAMBDA_EXPORT], ['export', 'exports'], ['event', '_event', 'evt', '_evt', 'e', '_e', 'req', '_req', 'request', '_request']],
  [['on', 'once', 'addListener', 'prependListener'], ['request', 'upgrade', 'checkContinue', 'connection', 'secureConnection', 'stream', 'session']],
];

function hasWords(sourceCode: SourceCode): boolean {
  if (mentions(sourceCode, ALONE) || TOGETHER.some((lists) => lists.every((list) => mentions(sourceCode, list)))) return true;
  if (mentions(sourceCode, ['process']) && mentionsLike(sourceCode, /queue$|^bull$/i)) return true;
  if (mentionsLike(sourceCode, /EventHandler$|procedure|^(@[\w-]+\/)?passport-/i)) return true;
  if (mentionsLike(sourceCode, FOR_REQUESTS)) return true;
  // A router by its name, and a path.
  if (!mentions(sourceCode, ROUTE_METHODS)) return false;
  return mentionsLike(sourceCode, ROUTER_NAMES) || (mentions(sourceCode, ['route']) && mentionsLike(sourceCode, /^`?[/*]/));
}
