import type { ESLint, Linter, Rule } from 'eslint';

import { configsOfPeers } from './peers.js';

/** The part of a rule's documentation that configurations are made of. */
interface Documented {
  readonly recommended?: 'error' | 'warn' | 'off';
  readonly strict?: 'error' | 'warn';
}

/** Where tests lie, in most projects. What they start ends with them. */
const TESTS = ['**/*.{test,spec,e2e,bench}.{js,mjs,cjs,jsx,ts,mts,cts,tsx}', '**/{test,tests,__tests__,__mocks__,e2e,fixtures,benchmark,benchmarks}/**'];

export interface Configs {
  readonly recommended: Linter.Config;
  readonly strict: Linter.Config;
  readonly all: Linter.Config;
  readonly 'off-in-tests': Linter.Config;
  readonly 'with-peers': Linter.Config[];
}

/** The configurations of a plugin, each made from what its rules say about themselves: there is no second list. */
export function configsOf(plugin: ESLint.Plugin, rules: Readonly<Record<string, Rule.RuleModule>>): Configs {
  const config = (name: string, severityOf: (docs: Documented) => Linter.RuleSeverity): Linter.Config => ({
    name: `hcnode/${name}`,
    plugins: { hcnode: plugin },
    rules: severities(rules, severityOf),
  });
  const recommended = config('recommended', ({ recommended: severity }) => severity ?? 'off');
  return {
    recommended,
    strict: config('strict', (docs) => docs.strict ?? 'error'),
    all: config('all', () => 'error'),
    'off-in-tests': { name: 'hcnode/off-in-tests', files: TESTS, rules: Object.fromEntries(Object.keys(rules).map((name) => [`hcnode/${name}`, 'off'] as const)) },
    // Looks for other packages, so only when asked for.
    get 'with-peers'() {
      return [recommended, ...configsOfPeers()];
    },
  };
}

function severities(rules: Readonly<Record<string, Rule.RuleModule>>, severityOf: (docs: Documented) => Linter.RuleSeverity): Linter.RulesRecord {
  const all = Object.entries(rules).map(([name, { meta }]) => [`hcnode/${name}`, severityOf((meta?.docs ?? {}) as Documented)] as const);
  // Left out and not turned off: a project may combine configurations.
  return Object.fromEntries(all.filter(([, severity]) => severity !== 'off'));
}
