import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import type { ServiceSettings } from '../environment.js';
import { problem, PROBLEM_TYPE } from '../problem.js';
import { newRequestId } from './request-context.js';

/** How often Node looks for requests that exceed their timeouts; its default of 30 s would let them run for that much longer. */
const CHECK_MS = 1000;

/** The HTTP server of one worker. It does not listen by itself: connections are handed to it, or shared by the cluster. */
export function createHttpServer(settings: ServiceSettings, onRequest: RequestListener): Server {
  const server = createServer(
    {
      requestTimeout: settings.REQUEST_TIMEOUT_MS,
      headersTimeout: Math.min(settings.HEADERS_TIMEOUT_MS, settings.REQUEST_TIMEOUT_MS),
      keepAliveTimeout: settings.KEEP_ALIVE_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_MS,
      noDelay: true,
    },
    onRequest,
  );
  server.on('clientError', answerMalformed);
  return server;
}

/** Node's codes for what a client may do wrong before there is a request; all else is a plain 400. */
const statuses: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, HPE_CHUNK_EXTENSIONS_OVERFLOW: 413, ERR_HTTP_REQUEST_TIMEOUT: 408 };

function answerMalformed(error: NodeJS.ErrnoException, duplex: unknown): void {
  const socket = duplex as Socket; // Always a net.Socket on an HTTP server without TLS.
  // Where an answer has begun, another one would garble it.
  const { _httpMessage: underWay } = socket as Socket & { _httpMessage?: ServerResponse };
  if (!socket.writable || error.code === 'ECONNRESET' || underWay?.headersSent) {
    socket.destroy();
    return;
  }
  const status = statuses[error.code ?? ''] ?? 400;
  const requestId = newRequestId();
  const body = JSON.stringify(problem(status, { requestId }));
  socket.end(
    `HTTP/1.1 ${status} ${problem(status).title}\r\nContent-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nX-Request-Id: ${requestId}\r\nConnection: close\r\n\r\n${body}`,
  );
  // A client that goes on sending must not hold the socket open.
  socket.resume();
}

/** Answers with a problem, outside any framework. */
export function answerProblem(request: IncomingMessage, response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  const requestId = request.context?.id ?? newRequestId();
  const body = JSON.stringify(problem(status, { requestId }));
  response.writeHead(status, { ...headers, 'x-request-id': requestId, 'content-type': PROBLEM_TYPE, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
