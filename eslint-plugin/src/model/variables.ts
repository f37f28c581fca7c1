import type { Scope, SourceCode } from 'eslint';
import type * as ESTree from 'estree';

import { lazily } from './lazily.js';

/** The variable that a name stands for; undefined for globals that nobody declares. */
export type Variables = (name: ESTree.Identifier) => Scope.Variable | undefined;

const known = new WeakMap<SourceCode, Variables>();

/** The variables of a file. Its scopes know them already: names that are read or written are looked up, only others (declarations) are searched for. */
export function variablesOf(sourceCode: SourceCode): Variables {
  const before = known.get(sourceCode);
  if (before !== undefined) return before;
  const variables = makeVariables(sourceCode);
  known.set(sourceCode, variables);
  return variables;
}

function makeVariables(sourceCode: SourceCode): Variables {
  const resolved = lazily(() => resolvedNames(sourceCode));
  return (name) => {
    const found = resolved().get(name);
    if (found !== undefined) return found ?? undefined; // Null is an answer too.
    let scope: Scope.Scope | null = sourceCode.getScope(name);
    while (scope !== null) {
      const variable = scope.set.get(name.name);
      if (variable !== undefined) return variable;
      scope = scope.upper;
    }
    return undefined;
  };
}

/** Null for names that no scope of the file has. Inside of `with` nobody knows: these are searched for. */
function resolvedNames({ scopeManager: { scopes } }: SourceCode): ReadonlyMap<ESTree.Identifier, Scope.Variable | null> {
  const found = new Map<ESTree.Identifier, Scope.Variable | null>();
  const hasWith = scopes.some(({ type }) => type === 'with');
  for (const { references } of scopes) {
    for (const { identifier, resolved } of references) if (resolved !== null || !hasWith) found.set(identifier as ESTree.Identifier, resolved);
  }
  return found;
}
