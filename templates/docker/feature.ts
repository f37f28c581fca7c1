import { defineFeature } from '../feature.js';
import { dockerfile } from './dockerfile.js';

export default defineFeature({
  name: 'docker',
  about: 'Container image: small, without root, ready for a read-only file system',
  // Kubernetes runs images, so it needs one as well.
  chosen: ({ deploy }) => deploy.includes('docker') || deploy.includes('kubernetes'),
  data: (project) => ({ Dockerfile: dockerfile(project) }),
});
