import type { Routes } from '../app.js';
import { clientLeft } from '../client-left.js';

const schema = {
  querystring: {
    type: 'object',
    properties: { count: { type: 'integer', minimum: 1, maximum: 1_000_000_000 } },
    required: ['count'],
  },
  response: { 200: { type: 'object', properties: { result: { type: 'number' }, durationMs: { type: 'number' } } } },
} as const;

/** The CPU-bound sample: the work runs in a thread, so that this worker goes on answering others. */
export const processRoutes: Routes = (app, { runTask }) => {
  app.get<{ Querystring: { count: number } }>('/process', { schema }, async ({ query: { count } }, reply) => {
    const startedAtMs = performance.now();
    const result = await runTask('sumSquareRoots', { count }, { signal: clientLeft(reply) });
    return { result, durationMs: Math.round(performance.now() - startedAtMs) };
  });
};
