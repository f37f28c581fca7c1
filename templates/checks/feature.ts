import { defineFeature } from '../feature.js';

export default defineFeature({
  name: 'checks',
  about: 'Tests every configuration file with the program that reads it',
  scripts: { 'check:configs': 'node scripts/check-configs.js' },
});
