import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What is known of a request beyond its bytes; for metrics, logs and answers. */
export interface RequestContext {
  readonly id: string;
  readonly startedAtMs: number;
  /** The matched route's template, such as /users/:id; never the raw path, which has no end of values. */
  route: string;
  /** The client's address, as far as TRUST_PROXY says whom to believe. */
  client: string | undefined;
}

declare module 'node:http' {
  interface IncomingMessage {
    context?: RequestContext;
  }
}

const WELL_FORMED_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{7,63}$/;
const idPrefix = `${randomBytes(6).toString('hex')}-`;
let idCount = 0;

/** The proxy's request id when it is well formed, else one of our own: unique among all processes, and cheap. */
export function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  if (typeof given === 'string' && WELL_FORMED_ID.test(given)) return given;
  return newRequestId();
}

export const newRequestId = (): string => `${idPrefix}${(++idCount).toString(36)}`;
