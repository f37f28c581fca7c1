import { sumSquareRoots } from './sum-square-roots.js';

/**
 * CPU work, by name. It runs in threads, so that the event loop stays free; arguments and results are copied between them.
 * Add a function here, and `runTask('its name', input)` knows its types.
 */
export const tasks = {
  sumSquareRoots,
} as const satisfies Record<string, (input: never) => unknown>;

export type TaskName = keyof typeof tasks;
export type TaskInput<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[0];
export type TaskResult<Name extends TaskName> = Awaited<ReturnType<(typeof tasks)[Name]>>;
