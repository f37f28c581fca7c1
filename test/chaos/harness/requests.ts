import { Agent, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

/** How one request ended. `answer` is there when a whole answer came. */
export interface Outcome {
  /** `ok` for 200, `status 503` and so on for other answers, else what went wrong: `ECONNREFUSED`, `ECONNRESET`, `cut`, `timeout`. */
  readonly kind: string;
  readonly answer?: { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };
  readonly durationMs: number;
}

export interface RequestOptions {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without one, the request has a connection of its own and asks for its end. */
  readonly agent?: Agent;
  /** A request without an end by then counts as stuck. Default: 20 s. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Sends one request over loopback. It never rejects: whatever happens is an outcome. */
export function send({ port, path, method = 'GET', body, headers = {}, agent, timeoutMs = 20_000, signal }: RequestOptions): Promise<Outcome> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const end = (outcome: Omit<Outcome, 'durationMs'>) => {
      clearTimeout(timer);
      resolve({ ...outcome, durationMs: performance.now() - startedAt });
    };
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: agent ?? false, ...(signal && { signal }) });
    const timer = setTimeout(() => {
      end({ kind: 'timeout' });
      sent.destroy();
    }, timeoutMs);
    sent.on('error', (error: NodeJS.ErrnoException) => end({ kind: error.code ?? error.message }));
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('close', () => {
        if (!response.complete) {
          end({ kind: 'cut' });
          return;
        }
        const status = response.statusCode ?? 0;
        end({ kind: status === 200 ? 'ok' : `status ${status}`, answer: { status, headers: response.headers, body: Buffer.concat(chunks).toString() } });
      });
      response.on('error', () => end({ kind: 'cut' }));
    });
    sent.end(body);
  });
}

/** A client with one connection, kept alive between its requests. */
export const keepAliveAgent = (): Agent => new Agent({ keepAlive: true, maxSockets: 1 });
