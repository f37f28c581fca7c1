import type { Rule } from 'eslint';
import type * as ESTree from 'estree';

import { isFunction } from '../cross-file/functions.js';
import { limitList } from '../fixes/limit-list.js';
import { isBounded, listBehind } from '../model/list-bounds.js';
import { mappedWork } from '../model/mapped-work.js';
import { fileModel, wayOf, type FileModel } from '../model/model.js';
import { propertyOf, unwrapped } from '../model/resolver.js';
import { someInside } from '../model/walk.js';
import { mentions } from '../model/words.js';
import { mayHaveHandlers } from '../handlers/may-have-handlers.js';

const WAITS = /^global#Promise\.(all|allSettled|any)$/;
/** Of semaphores, queues and limiters: they wait until there is a place. */
const PLACES = /^(acquire|lock|runExclusive|schedule|enqueue|limit|limiter|throttle|semaphore)$/i;

const rule: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: {
      description: 'Disallow starting as much work at once as a client asks for', recommended: 'off', strict: 'error',
      url: new URL('./no-unbounded-concurrency.md', import.meta.url).href,
    } as Rule.RuleMetaData['docs'],
    hasSuggestions: true,
    messages: {
      unbounded: 'The client decides how many of these run at once (reached from {{from}}). Limit the length of the list, or run it through p-limit or in chunks.',
      refuse: 'Refuse lists of more than 100 elements.',
    },
    schema: [{ type: 'object', properties: { limiters: { type: 'array', items: { type: 'string' }, uniqueItems: true } }, additionalProperties: false }],
  },
  create(context) {
    const { sourceCode } = context;
    if (!mayHaveHandlers(context) || !mentions(sourceCode, ['Promise'])) return {};
    const { limiters = [] } = (context.options[0] ?? {}) as { readonly limiters?: readonly string[] };
    return {
      'Program:exit'() {
        const model = fileModel(context);
        for (const node of model.nodes.of('CallExpression')) {
          if (!WAITS.test(model.resolver.pathOf(node.callee) ?? '')) continue;
          const reach = model.reachOf(node);
          const found = reach === undefined ? undefined : mappedWork(node.arguments[0], model);
          if (reach === undefined || found === undefined || !isStartedAtOnce(found.work)) continue;
          const list = listBehind(found.list, model);
          if (list === undefined || !model.clientData.isFromClient(list) || isBounded([list, found.list], model, sourceCode)) continue;
          const fix = limitList(found.list, node, sourceCode);
          context.report({
            node, messageId: 'unbounded', data: { from: wayOf(reach), per: reach.scope },
            ...(fix !== undefined && { suggest: [{ messageId: 'refuse', fix }] }),
          });
        }

        function isStartedAtOnce(given: ESTree.Node): boolean {
          const work = unwrapped(given);
          if (work === undefined) return false;
          if (isFunction(work)) return !(work.body.type !== 'BlockStatement' && isLimited(work.body)) && !someInside(work.body, sourceCode, isLimited) && someCall(work.body);
          if (work.type === 'Identifier') return isPlainFunction(work, model);
          if (work.type === 'CallExpression') return !isLimited(work);
          return false;
        }

        function someCall(body: ESTree.Node): boolean {
          return body.type === 'CallExpression' || someInside(body, sourceCode, (node) => node.type === 'AwaitExpression' || node.type === 'CallExpression');
        }

        /** `limit(() => …)`, `queue.add(() => …)`, `await semaphore.acquire()`: something that is given work decides when it runs. */
        function isLimited(node: ESTree.Node): boolean {
          if (node.type !== 'CallExpression') return false;
          const callee = unwrapped(node.callee);
          const name = callee?.type === 'Identifier' ? callee.name : callee?.type === 'MemberExpression' ? propertyOf(callee) : undefined;
          if (name === undefined) return false;
          if (limiters.includes(name) || PLACES.test(name) || /^p-limit#/.test(model.resolver.pathOf(callee) ?? '')) return true;
          return isFunction(node.arguments[0]) && node.arguments[0].params.length === 0;
        }
      },
    };
  },
};

export default rule;

/** A function of this file or an import; what another call made may well be limited. */
function isPlainFunction(name: ESTree.Identifier, { resolver }: FileModel): boolean {
  const definition = resolver.variableOf(name)?.defs[0];
  if (definition?.type === 'FunctionName' || definition?.type === 'ImportBinding') return true;
  return definition?.type === 'Variable' && isFunction(definition.node.init);
}
