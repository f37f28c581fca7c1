import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

import { freePort } from '../../chaos/harness/ports.js';

export interface Echo {
  readonly port: number;
  /** Connections opened so far. */
  readonly connections: number;
  /** Requests answered so far. */
  readonly answered: number;
  /** Requests to /break so far. */
  readonly broken: number;
  stop(): Promise<void>;
}

/**
 * An upstream that tells what reached it: the request's headers as JSON; /ws echoes messages; /break ends the connection
 * without an answer the first time; /fail answers 500, as the service would; ?cache-control=... is sent back as that header.
 */
export async function startEcho(): Promise<Echo> {
  let connections = 0;
  let broken = 0;
  let answered = 0;
  const server = createServer((request, response) => {
    if (request.url === '/break' && ++broken === 1) return request.socket.destroy();
    if (request.url === '/fail') return response.writeHead(500, { 'content-type': 'text/plain' }).end('my own');
    let bytes = 0;
    request.on('data', (chunk: Buffer) => { bytes += chunk.length; });
    answered++;
    const control = new URL(request.url ?? '/', 'http://echo').searchParams.get('cache-control');
    if (control !== null) response.setHeader('cache-control', control);
    return request.on('end', () => response.setHeader('x-request-id', String(request.headers['x-request-id'])).end(JSON.stringify({ ...request.headers, bytes })));
  });
  server.keepAliveTimeout = 65_000;
  server.on('connection', () => { connections++; });
  new WebSocketServer({ server, path: '/ws' }).on('connection', (socket) => {
    socket.on('message', (data, isBinary) => { socket.send(data, { binary: isBinary }); });
  });
  server.listen(await freePort(), '127.0.0.1');
  await new Promise((resolve) => { server.once('listening', resolve); });
  return {
    // A TCP server's address is an object.
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    get answered() {
      return answered;
    },
    get broken() {
      return broken;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}
