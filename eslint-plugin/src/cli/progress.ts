const WIDTH = 30;
const REDRAW_MS = 100;
const CLEAR_LINE = '\r\u001b[2K';

export interface Progress {
  /** So many more files are done. */
  advance: (fileCount: number) => void;
  /** Leaves no trace on the terminal. */
  end: () => void;
}

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

/**
 * A bar on a terminal, nothing elsewhere.
 *
 * @param total how many files there are
 */
export function startProgress(terminal: Terminal, total: number): Progress {
  if (terminal.isTTY !== true || total === 0) return { advance: () => {}, end: () => {} };
  let doneCount = 0;
  let drawnAtMs = 0;
  return {
    advance(fileCount) {
      doneCount += fileCount;
      const nowMs = performance.now();
      if (nowMs - drawnAtMs < REDRAW_MS) return;
      drawnAtMs = nowMs;
      terminal.write(`${CLEAR_LINE}${bar(doneCount, total).slice(0, terminal.columns ?? 80)}`);
    },
    end: () => { terminal.write(CLEAR_LINE); },
  };
}

function bar(doneCount: number, total: number): string {
  const share = Math.min(1, doneCount / total);
  const filled = Math.round(share * WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.floor(share * 100)} % ${doneCount}/${total} files`;
}
