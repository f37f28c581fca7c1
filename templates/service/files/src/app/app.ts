import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { RequestListener, Server } from 'node:http';

import { problem, PROBLEM_TYPE } from '../problem.js';
import { TaskQueueFullError, TaskTimeoutError } from '../tasks/errors.js';
import type { App, AppContext } from '../worker/app-contract.js';
import { healthRoutes } from './routes/health.js';
import { helloRoutes } from './routes/hello.js';
import { processRoutes } from './routes/process.js';
import { trustProxy } from './trust-proxy.js';

/** A set of routes; gets what the worker gives to the application. */
export type Routes = (app: FastifyInstance, context: AppContext) => void;

/** Your routes. A new file under routes/ is added here. */
const routes: readonly Routes[] = [healthRoutes, helloRoutes, processRoutes];

/** The application of one worker. Connections to databases and the like are opened here, and closed in an onClose hook. */
export async function buildApp(context: AppContext, more: readonly Routes[] = []): Promise<App> {
  let handler: RequestListener = () => {};
  const trusted = trustProxy(context.settings.TRUST_PROXY);
  const believesProxies = trusted !== false;
  const app = fastify<Server>({
    bodyLimit: context.settings.BODY_LIMIT_BYTES,
    // The worker logs one line for each request; Fastify's two would cost as much as the request itself.
    logger: false,
    // In a drain the worker answers what still comes on old connections; Fastify would refuse it.
    return503OnClosing: false,
    trustProxy: trusted,
    genReqId: ({ context: { id } = { id: '' } }) => id,
    // The worker owns the server: it has the timeouts, and counts and sheds requests before they come here.
    serverFactory: (listener) => {
      handler = listener;
      return context.server;
    },
    clientErrorHandler: () => {},
    // Such as a path with a broken escape, which no hook sees.
    frameworkErrors: (error, request, reply) => { void sendProblem(request, reply.header('x-request-id', request.id), error.statusCode ?? 400, error.message); },
  });
  // Here rather than on the raw response: what is set there first makes Node check and merge all headers one by one.
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    if (believesProxies && request.raw.context) request.raw.context.client = request.ip;
    done();
  });
  app.addHook('onRoute', (route) => {
    const template = route.url;
    // Known when the route is registered, so that no request has to look it up.
    const tag = (request: FastifyRequest, _reply: FastifyReply, done: () => void): void => {
      if (request.raw.context) request.raw.context.route = template;
      done();
    };
    route.onRequest = [tag, ...[route.onRequest ?? []].flat()];
  });
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => sendProblem(request, reply, 404));
  for (const register of [...routes, ...more]) register(app, context);
  await app.ready();
  return { handler, close: async () => { await app.close(); } };

  function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    if (error instanceof TaskQueueFullError) return sendProblem(request, reply.header('retry-after', '1'), 503, error.message);
    if (error instanceof TaskTimeoutError) return sendProblem(request, reply, 504, error.message);
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500) return sendProblem(request, reply, status, error.message);
    context.log.error({ err: error, requestId: request.id }, 'request failed');
    return sendProblem(request, reply, status >= 500 ? status : 500);
  }
}

/** Never tells a stack, nor the message of a fault of ours. */
function sendProblem(request: FastifyRequest, reply: FastifyReply, status: number, detail?: string): FastifyReply {
  return reply
    .code(status)
    .type(PROBLEM_TYPE)
    .send(problem(status, { requestId: request.id, ...(detail === undefined ? {} : { detail }) }));
}
