/** A new line for each file would scroll away what matters; some twenty a second look like motion. */
const MIN_INTERVAL_MS = 50;
const CLEAR_LINE = '\r\u001b[K';

interface Progress {
  show(step: string): void;
  /** Takes the line away. */
  end(): void;
}

/** Shows on a terminal what is at work, in one line that is overwritten; silent elsewhere. */
export function startProgress({ isShown }: { readonly isShown: boolean }): Progress {
  if (!isShown || !process.stderr.isTTY || process.env['TERM'] === 'dumb') return { show: () => undefined, end: () => undefined };
  let shownAtMs = 0;
  let isLineThere = false;
  return {
    show: (step) => {
      const nowMs = performance.now();
      if (nowMs - shownAtMs < MIN_INTERVAL_MS) return;
      shownAtMs = nowMs;
      isLineThere = true;
      process.stderr.write(`${CLEAR_LINE}${step.slice(0, (process.stderr.columns || 80) - 5)} ...`);
    },
    end: () => {
      if (isLineThere) process.stderr.write(CLEAR_LINE);
      isLineThere = false;
    },
  };
}
