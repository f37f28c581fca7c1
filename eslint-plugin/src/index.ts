import type { ESLint, Rule } from 'eslint';

import { configsOf, type Configs } from './configs.js';
import { withFacts } from './report-facts.js';
import { rules as ownRules } from './rules/index.js';
import { version } from './version.js';

export const meta = { name: 'eslint-plugin-hcnode', version, namespace: 'hcnode' } as const;

export const rules: Readonly<Record<keyof typeof ownRules, Rule.RuleModule>> = Object.fromEntries(
  // The types of rules and of ESLint describe the same objects in different words.
  Object.entries(ownRules).map(([name, rule]) => [name, withFacts(name, rule as unknown as Rule.RuleModule)]),
) as Record<keyof typeof ownRules, Rule.RuleModule>;

export interface Plugin {
  readonly meta: typeof meta;
  readonly rules: typeof rules;
  readonly configs: Configs;
}

// Configurations name the plugin and the plugin has them; ESLint compares plugins by identity, so there must be one object.
const plugin: { meta: typeof meta; rules: typeof rules; configs?: Configs } = { meta, rules };

// Our type of `configs` says more than ESLint asks for.
export const configs: Configs = configsOf(plugin as unknown as ESLint.Plugin, rules);

plugin.configs = configs;

export default plugin as Plugin;
