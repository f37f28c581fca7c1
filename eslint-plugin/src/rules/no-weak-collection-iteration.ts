import type { TSESTree } from '@typescript-eslint/utils';

import { createRule } from '../create-rule.js';
import { makeFieldValues, weakTypeOf } from '../model/weak-collections.js';
import { nameOf, resolverOf } from '../names.js';
import { mentions } from '../model/words.js';

const ENUMERATING_MEMBERS = new Set(['forEach', 'keys', 'values', 'entries', 'size', 'clear']);
const ENUMERATING_CALLS = new Set(['global#Array.from', 'global#Object.keys', 'global#Object.values', 'global#Object.entries']);
const ENUMERATING_CLASSES = new Set(['global#Map', 'global#Set', 'global#Array']);
const ITERATOR = '[Symbol.iterator]';

/** A line that goes through the entries of `value`, if it has any. */
interface Enumeration {
  readonly value: TSESTree.Node;
  readonly node: TSESTree.Node;
  readonly member: string;
}

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
    const resolver = resolverOf(sourceCode);
    const fields = makeFieldValues(resolver);
    const enumerations: Enumeration[] = [];

    function check(value: TSESTree.Node | null | undefined, node: TSESTree.Node, member: string): void {
      if (value) enumerations.push({ value, node, member });
    }

    /** `const { size } = seen` */
    function checkPattern(pattern: TSESTree.Node, value: TSESTree.Node | null): void {
      if (pattern.type === 'ArrayPattern') check(value, pattern, ITERATOR);
      if (pattern.type !== 'ObjectPattern') return;
      for (const property of pattern.properties) {
        if (property.type === 'Property' && !property.computed && property.key.type === 'Identifier' && ENUMERATING_MEMBERS.has(property.key.name)) check(value, property, `'${property.key.name}'`);
      }
    }

    return {
      MemberExpression(node) {
        if (node.computed || node.property.type !== 'Identifier' || !ENUMERATING_MEMBERS.has(node.property.name) || isWritten(node)) return;
        check(node.object, node, `'${node.property.name}'`);
      },
      ForOfStatement(node) { check(node.right, node.right, ITERATOR); },
      SpreadElement(node) { if (node.parent.type !== 'ObjectExpression') check(node.argument, node, ITERATOR); },
      YieldExpression(node) { if (node.delegate) check(node.argument, node, ITERATOR); },
      VariableDeclarator(node) { checkPattern(node.id, node.init); },
      CallExpression(node) {
        const [first] = node.arguments;
        if (first !== undefined && node.callee.type === 'MemberExpression' && ENUMERATING_CALLS.has(nameOf(sourceCode, node.callee) ?? '')) check(first, node, ITERATOR);
      },
      NewExpression(node) {
        const [first] = node.arguments;
        if (first !== undefined && ENUMERATING_CLASSES.has(nameOf(sourceCode, node.callee) ?? '')) check(first, node, ITERATOR);
      },
      PropertyDefinition: fields.add,
      Property: fields.add,
      AssignmentExpression(node) {
        fields.add(node);
        checkPattern(node.left, node.right);
      },
      'Program:exit'() {
        for (const { value, node, member } of enumerations) {
          const type = weakTypeOf(value, fields.values, resolver);
          if (type !== undefined) context.report({ node, messageId: 'noEntries', data: { type, member, per: 'call' } });
        }
      },
    };
  },
});

/** Whoever gives a WeakMap a `size` has one. */
function isWritten(node: TSESTree.MemberExpression): boolean {
  return node.parent.type === 'AssignmentExpression' && node.parent.left === node;
}
