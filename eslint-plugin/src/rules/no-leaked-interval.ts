import { AST_NODE_TYPES, ASTUtils, type TSESLint, type TSESTree } from '@typescript-eslint/utils';

import { createRule } from '../create-rule.js';

export default createRule({
  name: 'no-leaked-interval',
  meta: {
    type: 'problem',
    docs: {
      description: 'Require an interval started in a function to be cleared',
      recommended: 'error',
    },
    messages: {
      discarded: 'Keep what setInterval() returns, so that the interval can be cleared.',
      neverCleared: 'Pass `{{ name }}` to clearInterval(): nothing stops this interval.',
    },
    schema: [],
    defaultOptions: [],
  },

  create(context) {
    return {
      'CallExpression[callee.name="setInterval"]'(call: TSESTree.CallExpression) {
        const scope = context.sourceCode.getScope(call);
        if (runsOnce(scope) || isShadowed('setInterval', scope)) return;

        const handle = outermostHandle(call);
        if (handle.parent.type === AST_NODE_TYPES.ExpressionStatement) {
          context.report({ node: call, messageId: 'discarded' });
          return;
        }

        const holder = holderOf(handle);
        const variable = holder && ASTUtils.findVariable(scope, holder);
        if (variable && !variable.references.some(canStopInterval)) {
          context.report({ node: call, messageId: 'neverCleared', data: { name: variable.name } });
        }
      },
    };
  },
});

/** Top-level code runs once, so an interval there lives as long as the process by design. */
function runsOnce(scope: TSESLint.Scope.Scope): boolean {
  return scope.variableScope.block.type === AST_NODE_TYPES.Program;
}

function isShadowed(name: string, scope: TSESLint.Scope.Scope): boolean {
  const variable = ASTUtils.findVariable(scope, name);
  return variable !== null && variable.defs.length > 0;
}

/** Steps out of casts and of `.unref()`, which returns the timer it was called on. */
function outermostHandle(node: TSESTree.Expression): TSESTree.Expression {
  const { parent } = node;
  if (parent.type === AST_NODE_TYPES.TSAsExpression || parent.type === AST_NODE_TYPES.TSNonNullExpression) {
    return outermostHandle(parent);
  }
  const call = timerMethodCall(node);
  return call ? outermostHandle(call) : node;
}

/** The variable that gets the handle. A return, a property or an argument is an owner we trust. */
function holderOf({ parent }: TSESTree.Expression): TSESTree.Identifier | undefined {
  if (parent.type === AST_NODE_TYPES.VariableDeclarator && parent.id.type === AST_NODE_TYPES.Identifier) return parent.id;
  if (parent.type === AST_NODE_TYPES.AssignmentExpression && parent.left.type === AST_NODE_TYPES.Identifier) return parent.left;
  return undefined;
}

/** Any read that hands the timer on may lead to clearInterval(); `.unref()` alone does not. */
function canStopInterval(reference: TSESLint.Scope.Reference): boolean {
  return reference.isRead() && !timerMethodCall(reference.identifier);
}

/** The call `timer.unref()`, given `timer`. */
function timerMethodCall(timer: TSESTree.Node): TSESTree.CallExpression | undefined {
  const member = timer.parent;
  if (member?.type !== AST_NODE_TYPES.MemberExpression || member.object !== timer) return undefined;
  const call = member.parent;
  return call.type === AST_NODE_TYPES.CallExpression && call.callee === member ? call : undefined;
}
