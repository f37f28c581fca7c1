// What the built plugin has of @typescript-eslint/utils: its index asks for TypeScript and ESLint as soon as it is loaded.
export { AST_NODE_TYPES, AST_TOKEN_TYPES } from '@typescript-eslint/types';
export * as ASTUtils from '@typescript-eslint/utils/ast-utils';
export * as ESLintUtils from '../node_modules/@typescript-eslint/utils/dist/eslint-utils/RuleCreator.js';
