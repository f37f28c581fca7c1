/** Too many tasks wait for a thread: the client should come again later. */
export class TaskQueueFullError extends Error {
  override readonly name = 'TaskQueueFullError';
}

/** A task took longer than it may. Its thread has been replaced. */
export class TaskTimeoutError extends Error {
  override readonly name = 'TaskTimeoutError';
}
