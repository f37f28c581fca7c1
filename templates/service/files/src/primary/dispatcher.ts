import { createServer, type Server, type Socket } from 'node:net';

import { emptyAcceptQueue } from '../accept-queue.js';
import type { Supervisor } from './supervisor.js';
import { now, type WorkerRecord } from './worker-record.js';

/** Connections on their way to one worker. Two keep it busy; what waits for a slow worker could be answered by another. */
const MAX_ON_THE_WAY = 2;
/** A worker silent for so long gets nothing new: it may be hung. */
const SILENT_AFTER_MS = 2500;
/** … and sooner when it has not even taken what it was given. */
const UNTAKEN_AFTER_MS = 1500;
const BACKLOG = 1024;
const SWEEP_MS = 1000;
const REFUSED_FOR_MS = 1000;

const UNAVAILABLE = 'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

interface Waiting {
  readonly socket: Socket;
  readonly sinceMs: number;
}

interface Options {
  readonly port: number;
  readonly host: string;
  /** A connection for which no worker could be had in this time is answered 503. */
  readonly maxWaitMs: number;
  /** Connections that wait for a worker; more are answered 503 at once. */
  readonly maxWaiting: number;
}

/**
 * Accepts in the primary and hands each connection to the ready worker with the fewest. Unlike node:cluster's round robin
 * it keeps its copy until the worker has confirmed, so that the connections of a worker that dies or hangs go to another
 * instead of being lost.
 */
export class Dispatcher {
  readonly #supervisor: Supervisor;
  readonly #options: Options;
  readonly #server: Server;
  readonly #onTheWay = new Map<WorkerRecord, Map<number, Waiting>>();
  readonly #connections = new Map<WorkerRecord, number>();
  readonly #waiting: Waiting[] = [];
  readonly #sweeper: NodeJS.Timeout;
  #sequence = 0;
  #acceptedConnections = 0;

  constructor(supervisor: Supervisor, options: Options) {
    this.#supervisor = supervisor;
    this.#options = options;
    this.#server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
      this.#acceptedConnections++;
      // A reset while it waits is the client's own business; the worker that gets the socket will see it.
      socket.on('error', () => {});
      this.#dispatch({ socket, sinceMs: now() });
    });
    this.#sweeper = setInterval(() => { this.#sweep(); }, SWEEP_MS);
    supervisor.on('ready', () => { this.#dispatchWaiting(); });
    supervisor.on('exit', (record) => { this.#takeBack(record); });
    supervisor.on('message', (record, message) => {
      if (record.state === 'dead') return; // Its last words, read after its exit.
      if (message.type === 'accepted') this.#accepted(record, message.connection);
      if (message.type === 'read-up-to') this.#takeLost(record, message.connection);
      if (message.type === 'beat') {
        this.#connections.set(record, message.vitals.connections);
        this.#dispatchWaiting();
      }
    });
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  async listen(): Promise<void> {
    const { port, host } = this.#options;
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ port, host, backlog: BACKLOG }, resolve);
    });
    // Such as EMFILE in accept: the connection is lost, the service goes on.
    this.#server.on('error', () => {});
  }

  /** Takes no new connection. What waits goes to a worker that still can take it, even one that is about to drain. */
  async close(): Promise<void> {
    await emptyAcceptQueue(() => this.#acceptedConnections);
    this.#server.close();
    clearInterval(this.#sweeper);
    const takers = this.#supervisor.ready();
    for (const waiting of this.#waiting.splice(0)) {
      const taker = takers[this.#sequence % Math.max(1, takers.length)];
      if (taker) this.#send(taker, waiting);
      else refuse(waiting.socket);
    }
  }

  #dispatch(connection: Waiting): void {
    const worker = this.#leastBusy();
    if (worker) {
      this.#send(worker, connection);
    } else if (this.#waiting.length < this.#options.maxWaiting) {
      this.#waiting.push(connection);
    } else {
      refuse(connection.socket);
    }
  }

  #dispatchWaiting(): void {
    while (this.#waiting.length > 0 && this.#leastBusy()) {
      const next = this.#waiting.shift();
      if (next && !next.socket.destroyed) this.#dispatch(next);
    }
  }

  #leastBusy(): WorkerRecord | undefined {
    const candidates = this.#supervisor.ready().filter((record) => this.#canTake(record));
    return candidates.reduce<WorkerRecord | undefined>(
      (best, record) => (best && this.#load(best) <= this.#load(record) ? best : record),
      undefined,
    );
  }

  #canTake(record: WorkerRecord): boolean {
    const onTheWay = this.#onTheWay.get(record)?.size ?? 0;
    const silentMs = now() - record.heardAtMs;
    if (record.isParked) return false;
    return onTheWay < MAX_ON_THE_WAY && silentMs < (onTheWay > 0 ? UNTAKEN_AFTER_MS : SILENT_AFTER_MS);
  }

  #load(record: WorkerRecord): number {
    return this.#connections.get(record) ?? 0;
  }

  #send(record: WorkerRecord, waiting: Waiting): void {
    const connection = ++this.#sequence;
    const onTheWay = this.#onTheWay.get(record) ?? new Map<number, Waiting>();
    onTheWay.set(connection, waiting);
    this.#onTheWay.set(record, onTheWay);
    this.#connections.set(record, this.#load(record) + 1);
    if (!record.process.isConnected()) return; // Its exit is about to be told, and takes the connection back.
    record.process.process.send({ type: 'connection', connection }, waiting.socket, { keepOpen: true }, () => {
      // A send that failed is taken back with the worker's exit.
    });
  }

  #accepted(record: WorkerRecord, connection: number): void {
    const onTheWay = this.#onTheWay.get(record);
    // Ends our copy of the descriptor only; the worker's lives on.
    onTheWay?.get(connection)?.socket.destroy();
    onTheWay?.delete(connection);
    this.#dispatchWaiting();
  }

  /** A dead worker's unconfirmed connections are as good as new: nobody has read from them. */
  #takeBack(record: WorkerRecord): void {
    const resend = (): void => {
      const unconfirmed = [...(this.#onTheWay.get(record)?.values() ?? [])];
      this.#onTheWay.delete(record);
      this.#connections.delete(record);
      for (const { socket } of unconfirmed) if (!socket.destroyed) this.#dispatch({ socket, sinceMs: now() });
    };
    // The exit may be told before its last words are read, and a confirmation may be among them.
    if (record.process.isConnected()) record.process.once('disconnect', resend);
    else resend();
  }

  /** What the worker has read past without a confirmation never arrived: it had no descriptor left for it, and Node drops such a message. */
  #takeLost(record: WorkerRecord, readUpTo: number): void {
    const onTheWay = this.#onTheWay.get(record);
    for (const [connection, waiting] of onTheWay ?? []) {
      if (connection > readUpTo) continue;
      onTheWay?.delete(connection);
      if (now() - waiting.sinceMs > this.#options.maxWaitMs) refuse(waiting.socket);
      else this.#waiting.unshift(waiting);
    }
    this.#dispatchWaiting();
  }

  #sweep(): void {
    for (const [record, onTheWay] of this.#onTheWay) {
      const [oldest] = onTheWay.values();
      if (oldest && now() - oldest.sinceMs > SWEEP_MS) this.#supervisor.send(record, { type: 'have-you-read', connection: this.#sequence });
    }
    while (this.#waiting[0] && now() - this.#waiting[0].sinceMs > this.#options.maxWaitMs) {
      const overdue = this.#waiting.shift();
      if (overdue) refuse(overdue.socket);
    }
  }
}

/** Reads on, or the client's end would never be seen and the descriptor never be freed; and not for longer than it takes. */
function refuse(socket: Socket): void {
  socket.end(UNAVAILABLE);
  socket.resume();
  setTimeout(() => { socket.destroy(); }, REFUSED_FOR_MS).unref();
}
