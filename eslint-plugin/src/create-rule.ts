import { ESLintUtils } from '@typescript-eslint/utils';

export interface RuleDocs {
  /** Its severity in the recommended config, in the strict one if another. Configs are built from this; there is no second list. */
  recommended: 'error' | 'warn' | 'off';
  strict?: 'error' | 'warn';
}

/** Makes a rule whose documentation is the file beside it: editors open that, and it is of the version in use. */
export const createRule = ESLintUtils.RuleCreator<RuleDocs>((name) => new URL(`./rules/${name}.md`, import.meta.url).href);
