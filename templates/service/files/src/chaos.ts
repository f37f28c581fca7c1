import { start } from './start.js';

// `npm run build:chaos` only: the service with routes that misbehave on purpose, for tests.
await start(async () => (await import('./chaos-app.js')).buildChaosApp);
