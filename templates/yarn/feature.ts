import { defineFeature } from '../feature.js';

export default defineFeature({
  name: 'yarn',
  about: 'What Yarn must be told: to take dependencies that ask for a newer Node.js',
  chosen: ({ packageManager }) => packageManager === 'yarn',
});
