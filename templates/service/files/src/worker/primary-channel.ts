import type { Socket } from 'node:net';

import type { ToPrimary, ToWorker } from '../messages.js';

/** Sends to the primary, and resolves when it is written; a primary that is gone needs to know nothing. */
export async function tellPrimary(message: ToPrimary): Promise<void> {
  if (!process.connected) return;
  await new Promise<void>((resolve) => {
    process.send?.(message, () => { resolve(); });
  });
}

type Handlers = { readonly [Type in Exclude<ToWorker['type'], 'have-you-read'>]: (message: Extract<ToWorker, { type: Type }>, socket?: Socket) => void };

export function onPrimary(handlers: Handlers): void {
  process.on('message', (message: ToWorker, socket?: Socket) => {
    switch (message.type) {
      case 'connection':
        handlers.connection(message, socket);
        break;
      case 'have-you-read':
        // In order behind the confirmations of what was read before.
        void tellPrimary({ type: 'read-up-to', connection: message.connection });
        break;
      case 'drain':
        handlers.drain(message);
        break;
      case 'diagnose':
        handlers.diagnose(message);
        break;
      default:
      // node:cluster's own messages pass through the same channel.
    }
  });
}
