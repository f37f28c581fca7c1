/** A leak or a block that a published package had, by the place where it was mended later. */
export interface HistoricalBug {
  readonly name: string;
  /** The last published version with it, or one of the last. */
  readonly before: string;
  /** A version without it. */
  readonly after: string;
  readonly file: string;
  /** In `before`. */
  readonly line: number;
  readonly rule: string;
  /** Where it was found and mended. */
  readonly source: string;
  /** Why the rule does not see it: such bugs count against recall. */
  readonly missed?: string;
}

/** Taken from issues, pull requests and release notes. `serve` was missed at first: its file system is a package of another name. */
export const historicalBugs: readonly HistoricalBug[] = [
  { name: 'promise-timeout', before: '1.0.0', after: '1.1.1', file: 'index.js', line: 23, rule: 'no-leaked-timeout', source: 'building5/promise-timeout#1' },
  { name: 'hypernova', before: '2.2.0', after: '2.2.4', file: 'lib/utils/lifecycle.js', line: 45, rule: 'no-leaked-timeout', source: 'airbnb/hypernova#109' },
  { name: 'prpl-server', before: '0.10.1', after: '1.0.0', file: 'lib/prpl.js', line: 55, rule: 'no-sync-fs-in-handler', source: 'Polymer/prpl-server#58' },
  { name: 'multer', before: '1.4.5-lts.2', after: '2.0.0', file: 'lib/make-middleware.js', line: 171, rule: 'prefer-pipeline', source: 'streams of requests that fail stay open, mended in multer 2.0.0' },
  { name: 'serve', before: '5.1.3', after: '5.1.5', file: 'lib/server.js', line: 73, rule: 'no-sync-fs-in-handler', source: 'vercel/serve#167' },
  { name: 'y-websocket', before: '1.3.1', after: '1.3.5', file: 'bin/utils.js', line: 207, rule: 'no-leaked-interval', source: 'yjs/y-websocket#30', missed: 'the interval clears itself on some of its ways; that a closed connection is not on one of them is not looked at' },
  { name: 'ecstatic', before: '0.7.1', after: '0.7.6', file: 'lib/ecstatic.js', line: 233, rule: 'prefer-pipeline', source: 'jfhbrook/node-ecstatic#140', missed: "the file stream has a listener for 'error'; that nothing closes it when the response closes is not looked at" },
];
