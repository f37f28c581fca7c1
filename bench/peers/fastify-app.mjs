import fastify from 'fastify';
import { hello, schema } from './hello.mjs';

/** Fastify and nothing else: no log, no metrics. PM2 starts it as it lies; the cluster and wattpm import it. */
export const build = () => {
  const app = fastify({ logger: false });
  app.get('/', { schema }, hello);
  return app;
};

// PM2 runs a script through its own container, which names the script in this variable.
if (process.env.pm_id !== undefined) await build().listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
