import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

const RESERVED = /^(arguments|await|break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|eval|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|undefined|var|void|while|with|yield)$/;

/** Whether a name cannot be declared within a node, since it stands for something there or means something to the language; members and keys are no names. */
export function isTaken(name: string, around: ESTree.Node, sourceCode: SourceCode): boolean {
  return RESERVED.test(name) || sourceCode.getTokens(around).some(({ value, type, range }) => value === name && type === 'Identifier' && !isMemberOrKey(sourceCode.getNodeByRangeIndex(range[0])));
}

function isMemberOrKey(node: ESTree.Node | null): boolean {
  const parent = (node as Partial<Rule.NodeParentExtension> | null)?.parent;
  if (parent?.type === 'MemberExpression') return parent.property === node && !parent.computed;
  return parent?.type === 'Property' && parent.key === node && !parent.shorthand && !parent.computed;
}
