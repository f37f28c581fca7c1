import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

interface AnyNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

interface NodeTypes {
  readonly CallExpression: ESTree.SimpleCallExpression;
  readonly NewExpression: ESTree.NewExpression;
  readonly MethodDefinition: ESTree.MethodDefinition;
  readonly AssignmentExpression: ESTree.AssignmentExpression;
  readonly BinaryExpression: ESTree.BinaryExpression;
  readonly ForStatement: ESTree.ForStatement;
  readonly WhileStatement: ESTree.WhileStatement;
  readonly DoWhileStatement: ESTree.DoWhileStatement;
  readonly ForOfStatement: ESTree.ForOfStatement;
  readonly ForInStatement: ESTree.ForInStatement;
  readonly ThisExpression: ESTree.ThisExpression;
  readonly PropertyDefinition: ESTree.PropertyDefinition;
}

const TYPES = new Set<string>([
  'CallExpression', 'NewExpression', 'MethodDefinition', 'AssignmentExpression', 'BinaryExpression', 'ForStatement', 'WhileStatement', 'DoWhileStatement', 'ForOfStatement', 'ForInStatement', 'ThisExpression', 'PropertyDefinition',
]);

/** The nodes that rules ask for, in the order of the text. */
export interface Nodes {
  readonly of: <Type extends keyof NodeTypes>(type: Type) => readonly NodeTypes[Type][];
}

/** Collects them in one walk, so that ten rules do not walk ten times. */
export function collectNodes(sourceCode: SourceCode): Nodes {
  const found = new Map<string, AnyNode[]>([...TYPES].map((type) => [type, []]));
  const visit = (node: AnyNode): void => {
    found.get(node.type)?.push(node);
    for (const key of sourceCode.visitorKeys[node.type] ?? []) {
      const child = node[key];
      if (Array.isArray(child)) {
        for (const each of child) if (isNode(each)) visit(each);
      } else if (isNode(child)) visit(child);
    }
  };
  visit(sourceCode.ast as unknown as AnyNode);
  // The map was filled by the types of the nodes.
  return { of: <Type extends keyof NodeTypes>(type: Type) => (found.get(type) ?? []) as unknown as readonly NodeTypes[Type][] };
}

export function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
