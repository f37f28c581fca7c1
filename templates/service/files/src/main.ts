import { start } from './start.js';

await start(async () => (await import('./app/app.js')).buildApp);
