import type * as ESTree from 'estree';

import type { AnyNode } from '../cross-file/steps.js';

interface NodeTypes {
  readonly CallExpression: ESTree.SimpleCallExpression;
  readonly NewExpression: ESTree.NewExpression;
  readonly TaggedTemplateExpression: ESTree.TaggedTemplateExpression;
  readonly MethodDefinition: ESTree.MethodDefinition;
  readonly AssignmentExpression: ESTree.AssignmentExpression;
  readonly BinaryExpression: ESTree.BinaryExpression;
  readonly ForStatement: ESTree.ForStatement;
  readonly WhileStatement: ESTree.WhileStatement;
  readonly DoWhileStatement: ESTree.DoWhileStatement;
  readonly ForOfStatement: ESTree.ForOfStatement;
  readonly ForInStatement: ESTree.ForInStatement;
  readonly AwaitExpression: ESTree.AwaitExpression;
  readonly ThisExpression: ESTree.ThisExpression;
  readonly PropertyDefinition: ESTree.PropertyDefinition;
  readonly TSTypeReference: ESTree.Node;
  readonly Decorator: ESTree.Node;
}

const TYPES = new Set<string>([
  'CallExpression', 'NewExpression', 'TaggedTemplateExpression', 'MethodDefinition', 'AssignmentExpression', 'BinaryExpression', 'ForStatement', 'WhileStatement', 'DoWhileStatement', 'ForOfStatement', 'ForInStatement', 'AwaitExpression', 'ThisExpression', 'PropertyDefinition', 'TSTypeReference', 'Decorator',
]);

/** The nodes that rules ask for, in the order of the text. */
export interface Nodes {
  readonly of: <Type extends keyof NodeTypes>(type: Type) => readonly NodeTypes[Type][];
}

export interface NodeCollector extends Nodes {
  readonly meet: (node: AnyNode) => void;
}

/** Keeps the nodes that it is shown, so that ten rules do not walk ten times. */
export function collectNodes(): NodeCollector {
  const found = new Map<string, AnyNode[]>([...TYPES].map((type) => [type, []]));
  return {
    meet: (node) => { found.get(node.type)?.push(node); },
    // The map was filled by the types of the nodes.
    of: <Type extends keyof NodeTypes>(type: Type) => (found.get(type) ?? []) as unknown as readonly NodeTypes[Type][],
  };
}
