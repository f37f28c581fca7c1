import type { Rule, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import type { FileModel } from '../model/model.js';

export interface ImportedName {
  /** What to write for it. */
  readonly name: string;
  /** Adds the import, if there is none. */
  readonly add: (fixer: Rule.RuleFixer) => readonly Rule.Fix[];
}

/**
 * How a file can say a name of a module: by the import it has, or by one that is added at its top, in the manner of the file.
 *
 * @param wanted such as `{ module: 'stream', name: 'pipeline' }`
 * @returns undefined where the name is taken by something else
 */
export function importName({ module, name }: { readonly module: string; readonly name: string }, { resolver }: FileModel, sourceCode: SourceCode): ImportedName | undefined {
  for (const variable of fileScope(sourceCode)?.variables ?? []) {
    const [identifier] = variable.identifiers;
    if (identifier !== undefined && resolver.pathOf(identifier) === `${module}#${name}`) return { name: variable.name, add: () => [] };
  }
  if (isTaken(name, sourceCode)) return undefined;
  const { body } = sourceCode.ast;
  const imports = body.filter(({ type }) => type === 'ImportDeclaration');
  const first = imports[0] ?? body.find((statement) => !('directive' in statement));
  if (first === undefined) return undefined;
  const text = isCommonJs(body, imports, sourceCode) ? `const { ${name} } = require('node:${module}');\n` : `import { ${name} } from 'node:${module}';\n`;
  return { name, add: (fixer) => [fixer.insertTextBefore(first, text)] };
}

type FileScope = SourceCode['scopeManager']['scopes'][number];

function fileScope({ scopeManager }: SourceCode): FileScope | undefined {
  return scopeManager.scopes.find(({ type }) => type === 'module') ?? scopeManager.scopes.find(({ type }) => type === 'function' || type === 'global');
}

function isTaken(name: string, { scopeManager }: SourceCode): boolean {
  return scopeManager.scopes.some(({ set, through }) => (set.get(name)?.defs.length ?? 0) > 0 || through.some(({ identifier }) => identifier.name === name));
}

function isCommonJs(body: readonly ESTree.Node[], imports: readonly ESTree.Node[], { ast, text }: SourceCode): boolean {
  if (imports.length > 0 || body.some(({ type }) => type.startsWith('Export'))) return false;
  return ast.sourceType !== 'module' || /\brequire\s*\(|\bmodule\.exports\b/.test(text);
}
