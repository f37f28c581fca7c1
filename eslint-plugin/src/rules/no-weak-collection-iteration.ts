import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import { createRule } from '../create-rule.js';
import { nameOf } from '../names.js';
import { mentions } from '../model/words.js';

const WEAK = new Set(['global#WeakMap', 'global#WeakSet']);
const ENUMERATING_MEMBERS = new Set(['forEach', 'keys', 'values', 'entries', 'size', 'clear']);
const ENUMERATING_CALLS = new Set(['global#Array.from', 'global#Object.keys', 'global#Object.values', 'global#Object.entries']);
const ENUMERATING_CLASSES = new Set(['global#Map', 'global#Set', 'global#Array']);

export default createRule({
  name: 'no-weak-collection-iteration',
  meta: {
    type: 'problem',
    docs: { description: 'Disallow going through the entries of a WeakMap or WeakSet', recommended: 'error' },
    messages: { noEntries: '{{ type }} cannot be enumerated: {{ member }} does not exist. Keep a separate Set of WeakRefs, or use a Map and delete its entries.' },
    schema: [],
    defaultOptions: [],
  },

  create(context) {
    const { sourceCode } = context;
    if (!mentions(sourceCode, ['WeakMap', 'WeakSet'])) return {};

    function check(value: TSESTree.Node, node: TSESTree.Node, member: string): void {
      const type = weakTypeOf(value, sourceCode);
      if (type !== undefined) context.report({ node, messageId: 'noEntries', data: { type, member, per: 'call' } });
    }

    return {
      MemberExpression(node) {
        if (node.computed || node.property.type !== 'Identifier' || !ENUMERATING_MEMBERS.has(node.property.name)) return;
        check(node.object, node, `'${node.property.name}'`);
      },
      ForOfStatement(node) { check(node.right, node.right, '[Symbol.iterator]'); },
      SpreadElement(node) { check(node.argument, node, '[Symbol.iterator]'); },
      CallExpression(node) {
        const [first] = node.arguments;
        if (first !== undefined && node.callee.type === 'MemberExpression' && ENUMERATING_CALLS.has(nameOf(sourceCode, node.callee) ?? '')) check(first, node, '[Symbol.iterator]');
      },
      NewExpression(node) {
        const [first] = node.arguments;
        if (first !== undefined && ENUMERATING_CLASSES.has(nameOf(sourceCode, node.callee) ?? '')) check(first, node, '[Symbol.iterator]');
      },
    };
  },
});

/** WeakMap or WeakSet, if that is what a variable or a field is made as, once. */
function weakTypeOf(node: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): string | undefined {
  const made = madeAs(node, sourceCode);
  if (made?.type !== 'NewExpression') return undefined;
  const name = nameOf(sourceCode, made.callee) ?? '';
  return WEAK.has(name) ? name.slice('global#'.length) : undefined;
}

const MAX_STEPS = 4;

function madeAs(node: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>, steps = 0): TSESTree.Node | null | undefined {
  if (steps > MAX_STEPS) return undefined;
  if (node.type === 'TSAsExpression' || node.type === 'TSNonNullExpression') return madeAs(node.expression, sourceCode, steps);
  if (node.type === 'MemberExpression') {
    if (node.object.type === 'ThisExpression') return fieldOf(node, classAround(node));
    const owner = node.object.type === 'Identifier' ? variableOf(node.object, sourceCode)?.defs[0] : undefined;
    return owner?.type === 'ClassName' ? fieldOf(node, owner.node.body, true) : undefined;
  }
  if (node.type !== 'Identifier') return node;
  const variable = variableOf(node, sourceCode);
  const [definition] = variable?.defs ?? [];
  const writes = variable?.references.filter((reference) => reference.isWrite()) ?? [];
  if (variable?.defs.length !== 1 || writes.length !== 1 || definition?.node.type !== 'VariableDeclarator' || definition.node.id.type !== 'Identifier') return undefined;
  const value = writes[0]?.writeExpr;
  return value ? madeAs(value, sourceCode, steps + 1) : undefined;
}

function variableOf(node: TSESTree.Identifier, sourceCode: Readonly<TSESLint.SourceCode>): TSESLint.Scope.Variable | undefined {
  for (let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(node); scope !== null; scope = scope.upper) {
    const variable = scope.set.get(node.name);
    if (variable !== undefined) return variable;
  }
  return undefined;
}

function classAround(node: TSESTree.Node): TSESTree.ClassBody | undefined {
  let at: TSESTree.Node | null | undefined = node.parent;
  while (at && at.type !== 'ClassBody') at = at.parent;
  return at ?? undefined;
}

/** The value of `this.#seen` or `Registry.seen`, from its class. */
function fieldOf({ property }: TSESTree.MemberExpression, body: TSESTree.ClassBody | undefined, isStatic = false): TSESTree.Node | null | undefined {
  if (property.type !== 'Identifier' && property.type !== 'PrivateIdentifier') return undefined;
  const field = body?.body.find((member) => member.type === 'PropertyDefinition' && member.key.type === property.type && member.key.name === property.name && (member.static || !isStatic));
  return field?.type === 'PropertyDefinition' ? field.value : undefined;
}
