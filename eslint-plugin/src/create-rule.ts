import { ESLintUtils } from '@typescript-eslint/utils';

export interface RuleDocs {
  /** On in the recommended config. The config is built from this; there is no second list. */
  recommended: boolean;
}

/** Makes a rule whose documentation is the file beside it: editors open that, and it is of the version in use. */
export const createRule = ESLintUtils.RuleCreator<RuleDocs>((name) => new URL(`./rules/${name}.md`, import.meta.url).href);
