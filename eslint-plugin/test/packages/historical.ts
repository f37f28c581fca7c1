/** A leak or a block that a published package had, by the place where it was mended later. */
export interface HistoricalBug {
  readonly name: string;
  /** The last published version with it, or one of the last. */
  readonly before: string;
  /** A version without it. */
  readonly after: string;
  readonly file: string;
  /** In `after`, where it has another name. */
  readonly afterFile?: string;
  /** In `before`. */
  readonly line: number;
  readonly rule: string;
  /** Where it was found and mended. */
  readonly source: string;
  /** Why the rule does not see it: such bugs count against recall. */
  readonly missed?: string;
  /** The line in `after` where the same file still has another one, mended later or never. */
  readonly left?: number;
}

/** Taken from issues, pull requests and release notes while the rules were written: their authors knew them. */
export const historicalBugs: readonly HistoricalBug[] = [
  { name: 'promise-timeout', before: '1.0.0', after: '1.1.1', file: 'index.js', line: 23, rule: 'no-leaked-timeout', source: 'building5/promise-timeout#1' },
  { name: 'hypernova', before: '2.2.0', after: '2.2.4', file: 'lib/utils/lifecycle.js', line: 45, rule: 'no-leaked-timeout', source: 'airbnb/hypernova#109' },
  { name: 'prpl-server', before: '0.10.1', after: '1.0.0', file: 'lib/prpl.js', line: 55, rule: 'no-sync-fs-in-handler', source: 'Polymer/prpl-server#58' },
  { name: 'multer', before: '1.4.5-lts.2', after: '2.0.0', file: 'lib/make-middleware.js', line: 171, rule: 'prefer-pipeline', source: 'streams of requests that fail stay open, mended in multer 2.0.0' },
  { name: 'serve', before: '5.1.3', after: '5.1.5', file: 'lib/server.js', line: 73, rule: 'no-sync-fs-in-handler', source: 'vercel/serve#167' },
  { name: 'y-websocket', before: '1.3.1', after: '1.3.5', file: 'bin/utils.js', line: 207, rule: 'no-leaked-interval', source: 'yjs/y-websocket#30', missed: 'the interval clears itself on some of its ways; that a closed connection is not on one of them is not looked at' },
  { name: 'ecstatic', before: '0.7.1', after: '0.7.6', file: 'lib/ecstatic.js', line: 204, rule: 'prefer-pipeline', source: 'jfhbrook/node-ecstatic#140', left: 232 },
];

/**
 * A second list, written down from the issues before a rule was run on any of them. Chosen: a leak or a block that is some rule's subject, that its package mended, and whose
 * version before that can be had. At first 11 were found: the kinds that were missed most (signals of callers, classes of functions and prototypes, sockets that are used again)
 * were added after that. vercel/next.js#3540 was taken out: its interval has an owner that clears it, and was only unreferenced.
 */
export const blindBugs: readonly HistoricalBug[] = [
  { name: 'timed-out', before: '3.1.0', after: '3.1.1', file: 'index.js', line: 24, rule: 'no-leaked-listener', source: 'sindresorhus/timed-out#9' },
  { name: 'p-queue', before: '9.0.0', after: '9.0.1', file: 'dist/index.js', line: 215, rule: 'no-leaked-listener', source: 'sindresorhus/p-queue#235' },
  { name: 'request', before: '2.80.0', after: '2.81.0', file: 'request.js', line: 778, rule: 'no-leaked-listener', source: 'request/request#2575' },
  { name: 'express-rate-limit', before: '2.4.0', after: '2.5.0', file: 'lib/memory-store.js', line: 25, rule: 'no-leaked-interval', source: 'express-rate-limit/express-rate-limit#30' },
  { name: 'express-rate-limit', before: '6.11.2', after: '7.0.0', file: 'dist/index.cjs', line: 374, rule: 'no-leaked-interval', source: 'express-rate-limit/express-rate-limit#326', missed: 'the interval is cleared elsewhere; that init() may be called twice is not looked at' },
  { name: 'simple-websocket', before: '8.1.1', after: '9.0.0', file: 'server.js', line: 52, rule: 'no-leaked-listener', source: 'feross/simple-websocket#61' },
  { name: 'bluebird', before: '2.3.10', after: '2.3.11', file: 'js/main/timers.js', line: 31, rule: 'no-leaked-timeout', source: 'petkaantonov/bluebird#371', missed: 'the timer is made by a helper that takes the callback as a parameter, and the promise is the library\'s own' },
  { name: 'httpreq', before: '0.4.23', after: '0.4.24', file: 'lib/httpreq.js', line: 420, rule: 'no-leaked-listener', source: 'SamDecrock/node-httpreq#28' },
  { name: 'simple-signal-server', before: '2.1.1', after: '2.1.2', file: 'src/index.js', line: 24, rule: 'no-retained-request', source: 't-mullen/simple-signal#28' },
  { name: '@astrojs/partytown', before: '2.1.4', after: '2.1.6', file: 'dist/sirv.js', line: 98, rule: 'prefer-pipeline', source: 'withastro/astro#16002' },
  { name: '@boxyhq/saml-jackson', before: '1.45.1', after: '1.45.2', file: 'dist/db/db.js', line: 82, rule: 'no-leaked-interval', source: 'ory/polis#3875' },
  { name: 'fs-capacitor', before: '0.0.3', after: '1.0.1', file: 'lib/index.js', line: 140, rule: 'no-leaked-listener', source: 'mike-marcacci/fs-capacitor#1', missed: 'the listeners of process are removed, but only in callbacks that may never come' },
  { name: '@anthropic-ai/sdk', before: '0.71.2', after: '0.74.0', file: 'client.js', line: 335, rule: 'no-leaked-listener', source: 'anthropics/anthropic-sdk-typescript#895' },
  { name: 'ofetch', before: '1.3.3', after: '1.4.0', file: 'dist/shared/ofetch.92c14be7.cjs', afterFile: 'dist/shared/ofetch.b983f18a.cjs', line: 221, rule: 'no-leaked-timeout', source: 'unjs/ofetch#361' },
  { name: 'socket.io', before: '0.8.6', after: '0.8.7', file: 'lib/manager.js', line: 427, rule: 'no-unbounded-cache', source: 'socketio/socket.io#616', missed: 'entries are removed by splice(), on one of two ways' },
  { name: '@smithy/node-http-handler', before: '3.1.1', after: '3.1.2', file: 'dist-cjs/index.js', line: 331, rule: 'no-leaked-listener', source: 'smithy-lang/smithy-typescript#1331' },
  { name: 'p-retry', before: '5.1.1', after: '6.0.0', file: 'index.js', line: 85, rule: 'no-leaked-listener', source: 'sindresorhus/p-retry#71' },
  { name: 'axios', before: '1.15.1', after: '1.15.2', file: 'lib/adapters/http.js', line: 924, rule: 'no-leaked-listener', source: 'axios/axios#10780', missed: 'the listener is removed, but only when the request closes, which may be after the socket was given to the next one' },
  { name: 'mcp-framework', before: '0.2.16', after: '0.2.22', file: 'dist/transports/http/server.js', line: 162, rule: 'no-unbounded-buffer', source: 'QuantGeekDev/mcp-framework#174' },
  { name: 'express-sse', before: '0.2.1', after: '0.4.1', file: 'index.js', line: 36, rule: 'no-leaked-listener', source: 'dpskvn/express-sse#15' },
  { name: 'q', before: '0.8.5', after: '0.8.6', file: 'q.js', line: 1322, rule: 'no-leaked-timeout', source: 'kriskowal/q#82' },
  { name: 'node-fetch', before: '3.2.3', after: '3.3.2', file: 'src/index.js', line: 396, rule: 'no-leaked-listener', source: 'node-fetch/node-fetch#1474' },
  { name: 'connect', before: '2.2.1', after: '2.3.0', file: 'lib/middleware/static.js', line: 233, rule: 'no-leaked-listener', source: 'senchalabs/connect#564' },
  { name: 'express-form-data', before: '2.0.19', after: '2.0.23', file: 'index.js', line: 90, rule: 'no-leaked-listener', source: 'ortexx/express-form-data#16' },
  { name: 'webpack-hot-middleware', before: '2.20.0', after: '2.26.1', file: 'middleware.js', line: 46, rule: 'no-leaked-interval', source: 'webpack/webpack-hot-middleware#230', missed: 'the interval is unreferenced, and a function that makes an object is not taken for one that runs often' },
  { name: 'payload', before: '3.31.0', after: '3.32.0', file: 'dist/uploads/getFileByPath.js', line: 10, rule: 'no-sync-fs-in-handler', source: 'payloadcms/payload#11918', missed: 'the function is called from a handler of another file only: hcnode-lint sees that where the whole package is linted' },
];

/** A third list, as blind as the second was, written down when the rules had learnt from that. */
export const lastBugs: readonly HistoricalBug[] = [
  { name: 'y-websocket', before: '1.4.1', after: '1.4.3', file: 'src/y-websocket.js', line: 284, rule: 'no-leaked-listener', source: 'yjs/y-websocket#102' },
];
