import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** What monitoring needs, and what tells an outsider nothing. */
const OPEN_PATHS = new Set(['/metrics', '/livez', '/readyz']);

interface Rules {
  readonly token: string;
  readonly host: string;
}

export interface Refusal {
  readonly status: 401 | 403;
  readonly detail: string;
}

/**
 * Who may do what on the admin port. With a token: whoever has it. Without one: only programs on this machine, and only
 * while the port is bound to loopback; a web page that a browser on this machine shows is not among them.
 */
export function refusal(request: IncomingMessage, path: string, { token, host }: Rules): Refusal | undefined {
  if (request.method === 'GET' && OPEN_PATHS.has(path)) return undefined;
  if (token !== '') {
    // The page itself holds no data; it asks for the token and sends it with what it fetches.
    if (request.method === 'GET' && path === '/') return undefined;
    return hasToken(request, token) ? undefined : { status: 401, detail: 'Send "Authorization: Bearer <ADMIN_TOKEN>".' };
  }
  if (!isLoopback(host) || !isLoopback(request.socket.remoteAddress ?? '')) {
    return { status: 403, detail: 'Set ADMIN_TOKEN to use this from another machine.' };
  }
  if (isFromWebPage(request)) return { status: 403, detail: 'Not for web pages of other origins.' };
  return undefined;
}

function hasToken({ headers }: IncomingMessage, token: string): boolean {
  const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  // Digests have one length, so the comparison tells nothing about where the two differ.
  return timingSafeEqual(digest(given), digest(token));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A forged Host is DNS rebinding; a foreign Origin is a cross-site request. */
function isFromWebPage({ headers }: IncomingMessage): boolean {
  const { host = '', origin } = headers;
  return !isLoopback(hostName(host)) || (origin !== undefined && origin !== `http://${host}`);
}

const hostName = (host: string): string => host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');

export function isLoopback(address: string): boolean {
  return address === 'localhost' || address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}
