import { defineFeature } from '../feature.js';
import { dependabot } from './dependabot.js';
import { loadWorkflow, workflow } from './workflow.js';

export default defineFeature({
  name: 'ci',
  about: 'GitHub Actions: build, lint, tests, configuration checks; Dependabot; editor settings',
  data: (project) => ({ '.github/workflows/ci.yml': workflow(project), '.github/workflows/load.yml': loadWorkflow(project), '.github/dependabot.yml': dependabot(project) }),
});
