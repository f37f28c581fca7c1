import type { Linter, Rule } from 'eslint';

export declare const meta: { readonly name: 'eslint-plugin-hcnode'; readonly version: string; readonly namespace: 'hcnode' };

export declare const rules: Record<string, Rule.RuleModule>;

export declare const configs: {
  /** What is wrong nearly wherever it is reported. */
  recommended: Linter.Config;
  /** All that is worth a look before code goes to production. */
  strict: Linter.Config;
  /** Every rule, as an error. */
  all: Linter.Config;
  /** Turns every rule off in tests: put it after the others. */
  'off-in-tests': Linter.Config;
  /** `recommended`, and rules of other plugins that go well with it, as far as they are installed. */
  'with-peers': Linter.Config[];
};

declare const plugin: { meta: typeof meta; rules: typeof rules; configs: typeof configs };
export default plugin;

/** What `settings.hcnode` of an ESLint configuration may say; the README explains each. */
export interface HcnodeSettings {
  frameworks?: 'auto' | readonly string[];
  handlerCalls?: readonly { callee: string; args?: readonly number[] }[];
  handlerSignatures?: readonly (readonly string[])[];
  handlerDecorators?: readonly string[];
  handlerFiles?: readonly { files: string; exports: readonly string[] }[];
  notHandlers?: readonly string[];
  cleanupMethods?: readonly string[];
  cleanupCalls?: readonly string[];
  longLived?: readonly string[];
  crossFile?: 'off' | 'index';
}
