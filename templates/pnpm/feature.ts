import { defineFeature } from '../feature.js';

export default defineFeature({
  name: 'pnpm',
  about: 'What pnpm must be told: which dependencies may run install scripts',
  chosen: ({ packageManager }) => packageManager === 'pnpm',
});
