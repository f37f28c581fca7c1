import type { SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import type { Target, Targets } from './targets.js';

interface Exports {
  readonly exports: Readonly<Record<string, Target>>;
  readonly stars: readonly string[];
}

/** What a file gives to others, in either kind of module: names of functions, and of members of classes and objects. */
export function exportsOf(sourceCode: SourceCode, targets: Targets): Exports {
  const found = new Map<string, Target>();
  const stars: string[] = [];
  const add = (name: string, node: object | null | undefined): void => {
    for (const [path, target] of membersBehind(node, targets, sourceCode)) found.set([name, path].filter((part) => part !== '').join('.'), target);
  };
  for (const statement of sourceCode.ast.body) {
    if (statement.type === 'ExportAllDeclaration') stars.push(String(statement.source.value));
    else if (statement.type === 'ExportDefaultDeclaration') add('default', statement.declaration);
    else if (statement.type === 'ExportNamedDeclaration') addNamed(statement, add, found);
    else addCommonJs(statement, add);
  }
  return { exports: Object.fromEntries(found), stars };
}

type Add = (name: string, node: object | null | undefined) => void;

function addNamed({ declaration, specifiers, source }: ESTree.ExportNamedDeclaration, add: Add, found: Map<string, Target>): void {
  if (declaration?.type === 'VariableDeclaration') for (const { id, init } of declaration.declarations) if (id.type === 'Identifier') add(id.name, init);
  if (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration') add(declaration.id.name, declaration);
  for (const { local, exported } of specifiers) {
    if (source === null || source === undefined) add(wordOf(exported), local);
    else found.set(wordOf(exported), `${String(source.value)}#${wordOf(local)}`);
  }
}

/** `module.exports = …`, `exports.find = …` */
function addCommonJs(statement: ESTree.Statement | ESTree.ModuleDeclaration, add: Add): void {
  if (statement.type !== 'ExpressionStatement') return;
  for (let at: ESTree.Expression = statement.expression; at.type === 'AssignmentExpression'; at = at.right) {
    const path = at.left.type === 'MemberExpression' ? memberPath(at.left) : undefined;
    const name = path === 'module.exports' ? 'default' : /^(?:module\.)?exports\.(?<name>[^.]+)$/.exec(path ?? '')?.groups?.['name'];
    let { right } = at;
    while (right.type === 'AssignmentExpression') right = right.right;
    if (name !== undefined) add(name, right);
  }
}

function memberPath(node: ESTree.Expression | ESTree.Super): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return undefined;
  const object = memberPath(node.object);
  return object === undefined ? undefined : `${object}.${node.property.name}`;
}

/** What can be called of a value: itself, or members of a class or an object. */
function membersBehind(given: object | null | undefined, targets: Targets, sourceCode: SourceCode): readonly (readonly [string, Target])[] {
  const node = behindName(given as ESTree.Node | null | undefined, sourceCode);
  if (node === undefined) return [];
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return targets.membersOf(node);
  if (node.type === 'NewExpression') {
    const owner = behindName(node.callee, sourceCode);
    if (owner?.type !== 'ClassDeclaration' && owner?.type !== 'ClassExpression') return [];
    return targets.membersOf(owner).flatMap(([path, target]) => (path.startsWith('prototype.') ? [[path.slice('prototype.'.length), target] as const] : []));
  }
  if (node.type === 'ObjectExpression') {
    return node.properties.flatMap((property) => {
      if (property.type !== 'Property' || property.computed || property.key.type !== 'Identifier') return [];
      const { name } = property.key;
      return targets.of(property.value).map((target) => [name, target] as const);
    });
  }
  return targets.of(given ?? node).map((target) => ['', target] as const);
}

function behindName(node: ESTree.Node | null | undefined, sourceCode: SourceCode): ESTree.Node | undefined {
  if (node?.type !== 'Identifier') return node ?? undefined;
  const definition = sourceCode.getScope(node).set.get(node.name)?.defs[0] ?? sourceCode.scopeManager.globalScope?.childScopes[0]?.set.get(node.name)?.defs[0];
  if (definition?.type === 'ClassName') return definition.node;
  if (definition?.type === 'Variable' && definition.node.id.type === 'Identifier') return definition.node.init ?? undefined;
  return node;
}

function wordOf(node: ESTree.Identifier | ESTree.Literal): string {
  return node.type === 'Identifier' ? node.name : String(node.value);
}
