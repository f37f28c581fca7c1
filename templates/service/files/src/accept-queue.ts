/** Longest time spent on it: under a flood of new connections the queue is never empty. */
const MAX_MS = 100;

/**
 * Accepts what the kernel holds for a listening socket that is about to be closed: closing resets it. libuv accepts one
 * connection in a turn of the loop, so it turns until one brings no more.
 * @param accepted how many connections have been accepted so far
 */
export async function emptyAcceptQueue(accepted: () => number): Promise<void> {
  const endMs = performance.now() + MAX_MS;
  let before: number;
  do {
    before = accepted();
    // The first may run in the turn that is under way; after the second, a whole one has passed.
    await nextTurn();
    await nextTurn();
  } while (accepted() > before && performance.now() < endMs);
}

const nextTurn = async (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });
