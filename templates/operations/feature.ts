import { defineFeature } from '../feature.js';

export default defineFeature({
  name: 'operations',
  about: 'How the running service is operated: signals, exit codes, drain, scaling, diagnosis',
});
