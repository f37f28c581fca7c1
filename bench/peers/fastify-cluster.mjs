import cluster from 'node:cluster';
import { build } from './fastify-app.mjs';

if (cluster.isPrimary) {
  for (let worker = 0; worker < Number(process.env.WORKERS); worker++) cluster.fork();
} else {
  await build().listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
}
