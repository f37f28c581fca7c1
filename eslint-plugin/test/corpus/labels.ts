import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface LabelledLine {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** `BAD` must be reported, `OK` must not. */
  readonly label: 'BAD' | 'OK';
}

export const casesFolder = fileURLToPath(new URL('cases/', import.meta.url));

export const caseFiles: readonly string[] = readdirSync(casesFolder).sort();

/** Every line of the corpus that says what should be thought of it. */
export const labelledLines: readonly LabelledLine[] = caseFiles.flatMap((file) =>
  readFileSync(`${casesFolder}${file}`, 'utf8').split('\n').flatMap((text, index): LabelledLine[] => {
    const label = /\/\/ (BAD|OK)\b/.exec(text)?.[1];
    return label === 'BAD' || label === 'OK' ? [{ file, line: index + 1, text, label }] : [];
  }),
);

/** What the cases of a number are about: the rules that have to report them. */
export const rulesOfCases: Readonly<Record<string, readonly string[]>> = {
  '01': ['no-leaked-interval'],
  '02': ['no-leaked-listener'],
  '03': ['no-sync-crypto-in-handler'],
  '04': ['no-sync-fs-in-handler'],
  '05': ['no-sync-zlib-in-handler'],
  '06': ['no-sync-child-process-in-handler'],
  '07': ['no-unbounded-cache'],
  '08': ['no-cpu-loop-in-handler', 'no-busy-wait'],
  '09': ['no-timer-in-loop'],
  '10': ['no-infinite-async-recursion'],
  '11': ['no-retained-request', 'no-overcapturing-closure', 'no-leaked-interval'],
  '12': ['no-worker-per-request'],
  '13': ['no-weak-collection-iteration'],
  '14': ['prefer-is-primary'],
  '15': ['no-unthrottled-respawn'],
  '16': ['no-worker-lookup-by-pid'],
  '17': ['no-high-cardinality-label'],
  '18': ['no-metric-in-handler'],
  '19': ['prefer-pipeline'],
  '20': ['no-leaked-timeout'],
  '21': ['no-unbounded-buffer'],
  // From here on: written from the contract alone, without looking at the rules.
  '31': ['no-leaked-timeout'],
  '32': ['no-sync-crypto-in-handler'],
  '33': ['no-sync-fs-in-handler'],
  '34': ['no-sync-zlib-in-handler'],
  '35': ['no-sync-child-process-in-handler'],
  '36': ['no-cpu-loop-in-handler', 'no-busy-wait'],
  '37': ['no-timer-in-loop'],
  '38': ['no-infinite-async-recursion'],
  '39': ['no-worker-per-request'],
  '40': ['no-weak-collection-iteration'],
  '41': ['prefer-is-primary'],
  '42': ['no-unthrottled-respawn'],
  '43': ['no-worker-lookup-by-pid'],
  '44': ['no-high-cardinality-label'],
  '45': ['no-metric-in-handler'],
  '46': ['prefer-pipeline'],
  '47': ['no-leaked-interval'],
  '48': ['no-client-per-request', 'no-compile-in-handler', 'no-overlapping-interval', 'no-unlimited-max-listeners'],
  '49': ['no-sync-crypto-in-handler', 'no-sync-fs-in-handler', 'no-sync-zlib-in-handler', 'no-sync-child-process-in-handler'],
  '22': ['no-client-per-request', 'no-unreleased-client', 'no-compile-in-handler', 'no-overlapping-interval', 'no-unlimited-max-listeners', 'no-unbounded-concurrency', 'no-unread-response-body'],
};
