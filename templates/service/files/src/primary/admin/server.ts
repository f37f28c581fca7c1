import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline, type Readable } from 'node:stream';

import type { Log } from '../../log.js';
import { problem, PROBLEM_TYPE } from '../../problem.js';
import { refusal } from './access.js';

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly type?: string;
  /** Streams the body instead. */
  readonly stream?: () => Readable;
}

/** A request as the handlers see it: what the path and the query held, and the JSON body of a PUT or POST. */
export interface AdminRequest {
  readonly parameters: readonly string[];
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: RegExp;
  readonly handle: (request: AdminRequest) => Answer | Promise<Answer>;
}

/** Told to the client as it is: status and what to do. */
export class AdminError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'AdminError';
    this.status = status;
  }
}

interface Options {
  readonly port: number;
  readonly host: string;
  readonly token: string;
  readonly log: Log;
}

const MAX_BODY_BYTES = 10_000;

/** The primary's HTTP server: a table of routes behind the rules of access. Rejects when the port cannot be had. */
export async function listenAdmin(routes: readonly Route[], options: Options): Promise<Server> {
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return server;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      write(response, await answer(request));
    } catch (error) {
      const status = error instanceof AdminError ? error.status : 500;
      if (status === 500) options.log.error({ err: error, url: request.url }, 'admin request failed');
      write(response, { status, body: problem(status, error instanceof AdminError ? { detail: error.message } : {}), type: PROBLEM_TYPE });
    }
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    const { url: target = '' } = request;
    if (!target.startsWith('/') || !URL.canParse(`http://admin${target}`)) throw new AdminError(400, 'This is no path.');
    const url = new URL(`http://admin${target}`);
    const refused = refusal(request, url.pathname, options);
    if (refused) throw new AdminError(refused.status, refused.detail);
    const matching = routes.filter(({ path }) => path.test(url.pathname));
    const route = matching.find(({ method }) => method === request.method);
    if (!route) throw new AdminError(matching.length > 0 ? 405 : 404, `No such route: ${request.method} ${url.pathname}`);
    const parameters = route.path.exec(url.pathname)?.slice(1) ?? [];
    return route.handle({ parameters, query: url.searchParams, body: route.method === 'GET' ? undefined : await readJson(request) });
  }
}

function write(response: ServerResponse, { status, body, type = 'application/json; charset=utf-8', stream }: Answer): void {
  if (response.headersSent || response.destroyed) return;
  response.statusCode = status;
  if (status === 401) response.setHeader('www-authenticate', 'Bearer');
  response.setHeader('cache-control', 'no-store');
  response.setHeader('content-type', type);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('content-security-policy', "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  if (stream) pipeline(stream(), response, () => {}); // A file that is gone, or a client: the connection is closed, that is all.
  else response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MAX_BODY_BYTES) throw new AdminError(413, `The body must not exceed ${MAX_BODY_BYTES} bytes.`);
  }
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new AdminError(400, 'The body must be JSON.');
  }
}
