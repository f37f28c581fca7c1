import tseslint from 'typescript-eslint';

import hcnode from './eslint-plugin/src/index.ts';
import emitted from './templates/service/files/eslint.config.js';

/** The rules that every emitted project has, for what runs here too; and our own plugin on top. */
const emittedRules = Object.assign({}, ...emitted.map(({ rules }) => rules));

const typed = (tsconfig) => ({
  plugins: { '@typescript-eslint': tseslint.plugin },
  extends: [hcnode.configs.recommended],
  languageOptions: { parser: tseslint.parser, parserOptions: { project: tsconfig, tsconfigRootDir: import.meta.dirname } },
});

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '.cache/', 'coverage/', 'eslint-plugin/test/corpus/cases/', 'eslint-plugin/test/packages/bugs/'] },
  {
    files: ['**/*.ts'],
    ignores: ['templates/*/files/**'],
    ...typed('tsconfig.json'),
    rules: {
      ...emittedRules,
      // `() => stop()` as a callback reads better than with braces around it.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: ['templates/*/files/**/*.ts', 'templates/seams/**/*.ts'], ...typed('templates/tsconfig.json'), rules: emittedRules },
  // Types of nodes are words in ESTree; that typescript-eslint gives them an enum is its own affair.
  { files: ['eslint-plugin/src/**/*.ts'], rules: { '@typescript-eslint/no-unsafe-enum-comparison': 'off' } },
  // What tests keep, they keep until they end.
  hcnode.configs['off-in-tests'],
  // Its routes misbehave on purpose, for tests of what happens then.
  { files: ['templates/service/files/src/chaos-app.ts'], rules: { 'hcnode/no-busy-wait': 'off', 'hcnode/no-cpu-loop-in-handler': 'off' } },
);
