import { rules } from './rules/index.js';

const plugin = { meta: { name: 'eslint-plugin-hcnode' }, rules };

/** On where the rule says so; there is no second list. */
const recommended = Object.entries(rules)
  .filter(([, rule]) => rule.meta.docs?.recommended === true)
  .map(([name]) => [`hcnode/${name}`, 'error'] as const);

export default {
  ...plugin,
  configs: {
    recommended: { name: 'hcnode/recommended', plugins: { hcnode: plugin }, rules: Object.fromEntries<'error'>(recommended) },
  },
};
