import type { Routes } from '../app.js';

const schema = {
  response: { 200: { type: 'object', properties: { message: { type: 'string' }, pid: { type: 'integer' } } } },
} as const;

/** The sample: which worker answered. */
export const helloRoutes: Routes = (app) => {
  app.get('/', { schema }, () => ({ message: 'Hello from a worker', pid: process.pid }));
};
