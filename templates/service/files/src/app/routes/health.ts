import type { Routes } from '../app.js';

/** For balancers. Never shed: a balancer must learn how things are even when they are bad. */
export const healthRoutes: Routes = (app, { isReady }) => {
  app.get('/livez', () => ({ status: 'ok' }));
  app.get('/readyz', (_request, reply) => {
    const ready = isReady();
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
};
