import type { Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

import { emptyAcceptQueue } from '../accept-queue.js';

const SWEEP_MS = 100;
/** An RFC 6455 close frame with status 1001, going away; a server's frames are not masked, so it is the same for all. */
const CLOSE_GOING_AWAY = Buffer.from([0x88, 0x02, 0x03, 0xe9]);

interface Options {
  readonly server: Server;
  readonly lingerMs: number;
}

/**
 * Ends a server's connections without failing a request. `server.close()` is no drain: it ends idle keep-alive connections
 * at once, and the request that a client was just sending on one is reset.
 */
export class Drain {
  readonly #options: Options;
  /**
   * Every connection with the last of its responses that is under way. By connection rather than by response: a set that
   * changes with each request would, by way of its discarded tables, keep dead responses alive into V8's old generation.
   */
  readonly #connections = new Map<Socket, ServerResponse | undefined>();
  readonly #webSockets = new Set<Socket>();
  readonly #finished: Promise<boolean>;
  #finish: (isClean: boolean) => void = () => {};
  #accepted = 0;
  #inFlight = 0;
  #hasStarted = false;
  /** Between the start of a drain and the end of listening new connections still come. */
  #isAccepting = false;

  constructor(options: Options) {
    this.#options = options;
    this.#finished = new Promise((resolve) => { this.#finish = resolve; });
    options.server.on('connection', (socket) => {
      this.#accepted++;
      this.#connections.set(socket, undefined);
      socket.once('close', () => {
        this.#connections.delete(socket);
        this.#finishWhenEmpty();
      });
    });
  }

  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  get connections(): number {
    return this.#connections.size;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  begin(socket: Socket, response: ServerResponse): void {
    this.#inFlight++;
    if (this.#connections.has(socket)) this.#connections.set(socket, response);
    // With this off Node answers `Connection: close`, and the client opens its next connection elsewhere.
    if (this.#hasStarted) response.shouldKeepAlive = false;
  }

  end(socket: Socket, response: ServerResponse): void {
    this.#inFlight--;
    if (this.#connections.get(socket) === response) this.#connections.set(socket, undefined);
  }

  /** To be called once the application has attached its listeners: without any, Node treats an upgrade as a plain request. */
  watchUpgrades(): void {
    const { server } = this.#options;
    if (server.listenerCount('upgrade') === 0) return;
    server.prependListener('upgrade', (request, socket) => {
      if (request.headers.upgrade?.toLowerCase() !== 'websocket') return;
      const webSocket = socket as Socket; // http's upgrade hands over the connection's own socket, typed as a plain Duplex.
      this.#webSockets.add(webSocket);
      webSocket.once('close', () => { this.#webSockets.delete(webSocket); });
    });
  }

  /**
   * Takes no new connection, answers what comes on the old ones, and resolves when all are closed:
   * true when each ended by itself, false when the time was over and some were cut.
   */
  async start(timeoutMs: number): Promise<boolean> {
    if (this.#hasStarted) return this.#finished;
    this.#hasStarted = true;
    const { server, lingerMs } = this.#options;
    // net's close stops accepting and leaves the connections alone; http's would end the idle ones.
    if (server.listening) {
      this.#isAccepting = true;
      await emptyAcceptQueue(() => this.#accepted);
      NetServer.prototype.close.call(server);
      this.#isAccepting = false;
    }
    for (const response of this.#connections.values()) if (response && !response.headersSent) response.shouldKeepAlive = false;
    for (const webSocket of this.#webSockets) webSocket.write(CLOSE_GOING_AWAY);

    const timers = [
      setTimeout(() => {
        this.#endStreams();
        this.#sweep();
        timers.push(setInterval(() => { this.#sweep(); }, SWEEP_MS));
      }, lingerMs),
      setTimeout(() => {
        this.#finish(this.#inFlight === 0);
        this.#cut();
      }, timeoutMs),
    ];
    this.#finishWhenEmpty();
    const isClean = await this.#finished;
    for (const timer of timers) clearTimeout(timer);
    return isClean;
  }

  /** Server-sent events have no end of their own; their clients reconnect. */
  #endStreams(): void {
    for (const response of this.#connections.values()) {
      if (response && String(response.getHeader('content-type')).startsWith('text/event-stream')) response.end();
    }
    for (const webSocket of this.#webSockets) webSocket.destroy();
  }

  /** Idle connections go; once nothing is answered any more, silent and half-sent ones too. */
  #sweep(): void {
    this.#options.server.closeIdleConnections();
    if (this.#inFlight === 0) this.#options.server.closeAllConnections();
  }

  #cut(): void {
    this.#options.server.closeAllConnections();
    for (const webSocket of this.#webSockets) webSocket.destroy();
  }

  #finishWhenEmpty(): void {
    if (this.#hasStarted && !this.#isAccepting && this.#connections.size === 0) this.#finish(true);
  }
}
