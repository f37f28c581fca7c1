import type { ESLintUtils } from '@typescript-eslint/utils';

export interface RuleDocs {
  /** Its severity in the recommended config, in the strict one if another. Configs are built from this; there is no second list. */
  recommended: 'error' | 'warn' | 'off';
  strict?: 'error' | 'warn';
}

/**
 * Makes a rule whose documentation is the file beside it: editors open that, and it is of the version in use. Typed as typescript-eslint does it; its
 * own function merges default options for every rule and file, which ESLint has already done, once.
 */
export const createRule: ReturnType<typeof ESLintUtils.RuleCreator<RuleDocs>> = ({ name, meta, create }) => ({
  name,
  meta: { ...meta, docs: { ...meta.docs, url: new URL(`./rules/${name}.md`, import.meta.url).href } },
  create: (context) => create(context, context.options), // ESLint has checked them by the schema.
});
