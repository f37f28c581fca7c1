import type { ESLint, Linter, Rule } from 'eslint';

import { configsOfPeers } from './peers.js';

/** The part of a rule's documentation that configurations are made of. */
interface Documented {
  readonly recommended?: 'error' | 'warn' | 'off';
  readonly strict?: 'error' | 'warn';
  /** Options that the rule has in the strict configuration. */
  readonly strictOptions?: Readonly<Record<string, unknown>>;
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
  const config = (name: string, entryOf: (docs: Documented) => Linter.RuleEntry): Linter.Config => ({
    name: `hcnode/${name}`,
    plugins: { hcnode: plugin },
    rules: entries(rules, entryOf),
  });
  const recommended = config('recommended', ({ recommended: severity }) => severity ?? 'off');
  return {
    recommended,
    strict: config('strict', ({ strict: severity = 'error', strictOptions }) => (strictOptions === undefined ? severity : [severity, strictOptions])),
    all: config('all', () => 'error'),
    'off-in-tests': { name: 'hcnode/off-in-tests', files: TESTS, rules: Object.fromEntries(Object.keys(rules).map((name) => [`hcnode/${name}`, 'off'] as const)) },
    // Looks for other packages, so only when asked for.
    get 'with-peers'() {
      return [recommended, ...configsOfPeers()];
    },
  };
}

function entries(rules: Readonly<Record<string, Rule.RuleModule>>, entryOf: (docs: Documented) => Linter.RuleEntry): Linter.RulesRecord {
  const all = Object.entries(rules).map(([name, { meta }]) => [`hcnode/${name}`, entryOf((meta?.docs ?? {}) as Documented)] as const);
  // Left out and not turned off: a project may combine configurations.
  return Object.fromEntries(all.filter(([, entry]) => entry !== 'off'));
}
