import type { TSESTree } from '@typescript-eslint/utils';

import { createRule } from '../create-rule.js';
import { constantOf } from '../model/constant.js';
import { nameOf, resolverOf } from '../names.js';
import { mentions } from '../model/words.js';

/** Node.js warns at 11; some need more, and nobody needs so many that a leak should stay unseen for so long. */
const MAX_LISTENERS = 100;

export default createRule<[{ max?: number }], 'hidden'>({
  name: 'no-unlimited-max-listeners',
  meta: {
    type: 'suggestion',
    docs: { description: "Disallow turning off the warning about an emitter's many listeners", recommended: 'off', strict: 'warn' },
    messages: { hidden: 'This turns off the warning that tells of leaked listeners: set a limit that you can explain, and remove what is added per request.' },
    schema: [{ type: 'object', properties: { max: { type: 'integer', minimum: 1, description: 'The highest limit that is not reported.' } }, additionalProperties: false }],
    defaultOptions: [{ max: MAX_LISTENERS }],
  },

  create(context, [{ max = MAX_LISTENERS }]) {
    const { sourceCode } = context;
    if (!mentions(sourceCode, ['setMaxListeners', 'defaultMaxListeners'])) return {};

    function hides(given: TSESTree.Node | undefined): boolean {
      if (given?.type === 'ConditionalExpression') return hides(given.consequent) || hides(given.alternate);
      const limit = constantOf(given, resolverOf(sourceCode));
      return limit === 0 || (limit !== undefined && limit > max);
    }

    return {
      CallExpression(call) {
        const { callee } = call;
        const isMethod = callee.type === 'MemberExpression' && !callee.computed && callee.property.type === 'Identifier' && callee.property.name === 'setMaxListeners';
        if ((isMethod || nameOf(sourceCode, callee) === 'events#setMaxListeners') && hides(call.arguments[0])) context.report({ node: call, messageId: 'hidden', data: { per: 'process' } });
      },
      AssignmentExpression(node) {
        if (node.left.type !== 'MemberExpression' || !hides(node.right)) return;
        const name = nameOf(sourceCode, node.left);
        if (name === 'events#defaultMaxListeners' || name === 'events#EventEmitter.defaultMaxListeners') context.report({ node, messageId: 'hidden', data: { per: 'process' } });
      },
    };
  },
});
