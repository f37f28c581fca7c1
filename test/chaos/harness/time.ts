import { loadavg, availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

export { sleep };

/** A bound in milliseconds, stretched by as much as more processes want the cores than there are cores. */
export function stretched(ms: number): number {
  return ms * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
}

/** What says "not yet". */
type Missing = undefined | false;

/**
 * Asks until there is an answer.
 * @throws when that takes longer than `timeoutMs`; `what` names what was waited for.
 */
export async function until<Answer>(what: string, ask: () => Answer | Missing | Promise<Answer | Missing>, timeoutMs = 20_000): Promise<Answer> {
  const endsAt = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > endsAt) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await sleep(20);
  }
}
