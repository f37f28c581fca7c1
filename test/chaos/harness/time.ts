import { loadavg, availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

export { sleep };

/** A bound in milliseconds, stretched by as much as more processes want the cores than there are cores. */
export function stretched(ms: number): number {
  return ms * Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
}

/**
 * Asks until the answer is not undefined or false.
 * @throws when that takes longer than `timeoutMs`; `what` names what was waited for.
 */
export async function until<Answer>(what: string, ask: () => Answer | Promise<Answer>, timeoutMs = 20_000): Promise<Exclude<Answer, undefined | false>> {
  const endsAt = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    // The compiler does not narrow a type parameter by comparison.
    if (answer !== undefined && answer !== false) return answer as Exclude<Answer, undefined | false>;
    if (performance.now() > endsAt) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await sleep(20);
  }
}
