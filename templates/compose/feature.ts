import { defineFeature } from '../feature.js';
import { serviceContainer } from './service-container.js';

export default defineFeature({
  name: 'compose',
  about: 'compose.yaml: the service and what belongs to it, on one machine',
  chosen: ({ deploy }) => deploy.includes('docker'),
  services: (project) => ({ service: serviceContainer(project) }),
});
