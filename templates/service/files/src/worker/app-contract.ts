import type { RequestListener, Server } from 'node:http';

import type { ServiceSettings } from '../environment.js';
import type { Log } from '../log.js';
import type { RunTask } from '../tasks/pool.js';

/** What the worker gives to the application. */
export interface AppContext {
  /** Not listening; for what attaches to a server itself, such as WebSockets. */
  readonly server: Server;
  readonly settings: ServiceSettings;
  readonly log: Log;
  readonly runTask: RunTask;
  /** Whether this worker can take traffic: for /readyz. */
  readonly isReady: () => boolean;
}

/** What the worker needs of the application, whichever framework it is made with. */
export interface App {
  readonly handler: RequestListener;
  /** Called when every request is answered, before the process ends: close databases and the like here. */
  readonly close: () => Promise<void>;
}

export type BuildApp = (context: AppContext) => Promise<App>;
