import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';

import type { Log } from '../log.js';
import type { Drain } from './drain.js';
import type { HttpMetrics } from './http-metrics.js';
import { answerProblem } from './http-server.js';
import type { LoadShedder } from './load-shedder.js';
import { type RequestContext, requestId } from './request-context.js';

/** A balancer must learn how things are even when they are bad. */
const HEALTH_PATHS = new Set(['/livez', '/readyz']);
/** What nginx logs when the client left before the answer. */
const CLIENT_LEFT = 499;
/** Shed, not ready, queue full: refused on purpose, no fault of the code. */
const REFUSED = 503;
/** Longer lines would not be written in one piece. */
const MAX_LOGGED_URL = 1024;
const RETRY_AFTER_SECONDS = '1';

interface Options {
  readonly drain: Drain;
  readonly shedder: LoadShedder;
  readonly httpMetrics: HttpMetrics;
  readonly log: Log;
}

export interface Intake {
  readonly onRequest: RequestListener;
  /** From here on requests go to the application. */
  serve(handler: RequestListener): void;
  readonly answered: number;
  /** Answered with 500 and above, save those refused on purpose. */
  readonly failed: number;
}

/** What every request passes through before the application sees it, and after it is answered. */
export function createIntake({ drain, shedder, httpMetrics, log }: Options): Intake {
  let handler: RequestListener = (request, response) => { answerProblem(request, response, REFUSED); };
  let answered = 0;
  let failed = 0;
  const logsRequests = log.isLevelEnabled('info');

  return {
    onRequest,
    serve: (application) => { handler = application; },
    get answered() {
      return answered;
    },
    get failed() {
      return failed;
    },
  };

  function onRequest(request: IncomingMessage, response: ServerResponse): void {
    const context: RequestContext = { id: requestId(request), startedAtMs: performance.now(), route: 'unmatched', client: undefined };
    request.context = context;
    const { socket } = request;
    drain.begin(socket, response);
    // It comes once by itself; on() spares the bookkeeping of once().
    response.on('close', () => {
      drain.end(socket, response);
      onClose(request, response, context);
    });

    const { reason } = shedder;
    if (reason && !HEALTH_PATHS.has(request.url ?? '')) {
      shedder.count(reason);
      answerProblem(request, response, REFUSED, { 'retry-after': RETRY_AFTER_SECONDS, connection: 'close' });
      return;
    }
    handler(request, response);
  }

  function onClose(request: IncomingMessage, response: ServerResponse, context: RequestContext): void {
    const { method = 'OTHER' } = request;
    const status = response.writableFinished ? response.statusCode : CLIENT_LEFT;
    const durationMs = performance.now() - context.startedAtMs;
    answered++;
    if (status >= 500 && status !== REFUSED) failed++;
    httpMetrics.observe(method, context.route, status, durationMs / 1000);
    if (!logsRequests) return;
    log.info(
      {
        requestId: context.id,
        method,
        url: request.url?.slice(0, MAX_LOGGED_URL),
        route: context.route,
        status,
        durationMs: Math.round(durationMs * 1000) / 1000,
        client: context.client ?? request.socket.remoteAddress,
      },
      'request',
    );
  }
}
