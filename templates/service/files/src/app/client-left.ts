import type { FastifyReply } from 'fastify';

/** Aborted when the client goes before it is answered: work for it is wasted from then on. */
export function clientLeft(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
