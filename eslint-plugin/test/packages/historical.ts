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
  /** The lines in `after` where the same file still has others, mended later or never. */
  readonly left?: readonly number[];
}

/** Taken from issues, pull requests and release notes while the rules were written: their authors knew them. */
export const historicalBugs: readonly HistoricalBug[] = [
  { name: 'promise-timeout', before: '1.0.0', after: '1.1.1', file: 'index.js', line: 23, rule: 'no-leaked-timeout', source: 'building5/promise-timeout#1' },
  { name: 'hypernova', before: '2.2.0', after: '2.2.4', file: 'lib/utils/lifecycle.js', line: 45, rule: 'no-leaked-timeout', source: 'airbnb/hypernova#109' },
  { name: 'prpl-server', before: '0.10.1', after: '1.0.0', file: 'lib/prpl.js', line: 55, rule: 'no-sync-fs-in-handler', source: 'Polymer/prpl-server#58' },
  { name: 'multer', before: '1.4.5-lts.2', after: '2.0.0', file: 'lib/make-middleware.js', line: 171, rule: 'prefer-pipeline', source: 'streams of requests that fail stay open, mended in multer 2.0.0' },
  { name: 'serve', before: '5.1.3', after: '5.1.5', file: 'lib/server.js', line: 73, rule: 'no-sync-fs-in-handler', source: 'vercel/serve#167' },
  { name: 'y-websocket', before: '1.3.1', after: '1.3.5', file: 'bin/utils.js', line: 207, rule: 'no-leaked-interval', source: 'yjs/y-websocket#30', missed: 'the interval clears itself on some of its ways; that a closed connection is not on one of them is not looked at' },
  { name: 'ecstatic', before: '0.7.1', after: '0.7.6', file: 'lib/ecstatic.js', line: 204, rule: 'prefer-pipeline', source: 'jfhbrook/node-ecstatic#140', left: [232] },
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
  { name: 'node-fetch', before: '3.2.3', after: '3.3.2', file: 'src/index.js', line: 396, rule: 'no-leaked-listener', source: 'node-fetch/node-fetch#1474', left: [124, 127] },
  { name: 'connect', before: '2.2.1', after: '2.3.0', file: 'lib/middleware/static.js', line: 233, rule: 'no-leaked-listener', source: 'senchalabs/connect#564' },
  { name: 'express-form-data', before: '2.0.19', after: '2.0.23', file: 'index.js', line: 90, rule: 'no-leaked-listener', source: 'ortexx/express-form-data#16' },
  { name: 'webpack-hot-middleware', before: '2.20.0', after: '2.26.1', file: 'middleware.js', line: 46, rule: 'no-leaked-interval', source: 'webpack/webpack-hot-middleware#230', missed: 'the interval is unreferenced, and a function that makes an object is not taken for one that runs often' },
  { name: 'payload', before: '3.31.0', after: '3.32.0', file: 'dist/uploads/getFileByPath.js', line: 10, rule: 'no-sync-fs-in-handler', source: 'payloadcms/payload#11918', missed: 'the function is called from a handler of another file only: hcnode-lint sees that where the whole package is linted' },
];

/** A third list, as blind as the second was, written down when the rules had learnt from that. */
export const lastBugs: readonly HistoricalBug[] = [
  { name: 'y-websocket', before: '1.4.1', after: '1.4.3', file: 'src/y-websocket.js', line: 284, rule: 'no-leaked-listener', source: 'yjs/y-websocket#102' },
];

/**
 * A fourth list, of 27 bugs that are in none of the others, first looked at when it was complete. At first 10 were found. What was learnt: sockets of requests that a
 * function is given, or that a client gets, listeners for the end of such a socket, and `once()` on it; that `emitter.once(…)` is no lazy loading; removals of
 * another function by a member's name; listeners that tell what one call returned of an emitter that is there for all of them.
 */
export const fourthBugs: readonly HistoricalBug[] = [
  { name: 'express-pouchdb', before: '4.0.1', after: '4.1.0', file: 'lib/routes/changes.js', line: 86, rule: 'no-leaked-listener', source: 'pouchdb/pouchdb-server#338' },
  { name: 'p-timeout', before: '6.1.2', after: '6.1.3', file: 'index.js', line: 59, rule: 'no-leaked-listener', source: 'sindresorhus/p-timeout#42' },
  { name: '@smithy/node-http-handler', before: '4.0.2', after: '4.0.3', file: 'dist-cjs/index.js', line: 134, rule: 'no-leaked-listener', source: 'smithy-lang/smithy-typescript#1530' },
  { name: 'needle', before: '1.0.0', after: '1.1.0', file: 'lib/needle.js', line: 591, rule: 'no-leaked-listener', source: 'tomas/needle#161' },
  { name: 'wappalyzer', before: '6.0.12', after: '6.3.11', file: 'driver.js', line: 288, rule: 'no-leaked-timeout', source: 'wappalyzer/wappalyzer#3345' },
  { name: '@atproto-labs/fetch-node', before: '0.1.8', after: '0.1.9', file: 'dist/unicast.js', line: 83, rule: 'no-unread-response-body', source: 'bluesky-social/atproto#3819', missed: 'fetch is a parameter there, and what drops the response is a throw in finally' },
  { name: 'metautil', before: '5.2.0', after: '5.2.4', file: 'lib/network.js', line: 41, rule: 'no-unread-response-body', source: 'metarhia/metautil#252' },
  { name: 'ix', before: '4.2.0', after: '4.3.1', file: 'asynciterable/_sleep.js', line: 17, rule: 'no-leaked-listener', source: 'ReactiveX/IxJS#321' },
  { name: 'got', before: '8.0.0', after: '8.3.0', file: 'index.js', line: 230, rule: 'no-leaked-listener', source: 'sindresorhus/got#406' },
  { name: 'mocha', before: '1.1.0', after: '1.2.0', file: 'lib/runner.js', line: 455, rule: 'no-leaked-listener', source: 'mochajs/mocha#432' },
  { name: 'http-proxy-middleware', before: '0.17.1', after: '0.17.2', file: 'lib/index.js', line: 51, rule: 'no-leaked-listener', source: 'chimurai/http-proxy-middleware#113' },
  { name: '@nestjs/platform-express', before: '8.4.7', after: '9.0.5', file: 'adapters/express-adapter.js', line: 40, rule: 'prefer-pipeline', source: 'nestjs/nest#9759' },
  { name: 'fastmcp', before: '4.7.2', after: '4.19.0', file: 'dist/chunk-KAGSBU3Z.js', afterFile: 'dist/chunk-UODI5E6U.js', line: 99, rule: 'no-unread-response-body', source: 'punkpeye/fastmcp#330' },
  { name: 'opossum', before: '4.1.0', after: '4.2.0', file: 'lib/status.js', line: 65, rule: 'no-leaked-interval', source: 'nodeshift/opossum#378' },
  { name: 'cacheable-request', before: '6.0.0', after: '6.1.0', file: 'src/index.js', line: 185, rule: 'no-leaked-listener', source: 'sindresorhus/got#792' },
  { name: 'p-map', before: '7.0.2', after: '7.0.3', file: 'index.js', line: 44, rule: 'no-leaked-listener', source: 'sindresorhus/p-map#75' },
  { name: 'express-http-proxy', before: '1.5.1', after: '1.6.0', file: 'app/steps/decorateUserRes.js', line: 13, rule: 'no-sync-zlib-in-handler', source: 'villadora/express-http-proxy#406', missed: 'the method of zlib is chosen by a parameter, and the function is called from another file only' },
  { name: '@rspress/core', before: '1.10.1', after: '1.14.0', file: 'dist/index.js', line: 1161, rule: 'no-sync-fs-in-handler', source: 'web-infra-dev/rspress#602' },
  { name: 'restify', before: '1.4.1', after: '1.4.4', file: 'lib/plugins/json_body_parser.js', line: 45, rule: 'no-unbounded-buffer', source: 'restify/node-restify#149' },
  { name: 'proxy-chain', before: '1.0.2', after: '1.0.3', file: 'build/server.js', line: 284, rule: 'no-leaked-listener', source: 'apify/proxy-chain#81' },
  { name: 'undici', before: '4.11.3', after: '4.12.0', file: 'lib/fetch/request.js', line: 332, rule: 'no-leaked-listener', source: 'nodejs/undici#1113', missed: 'a constructor: objects may live as long as the signal that they are made with' },
  { name: 'koa-cluster', before: '0.2.2', after: '1.1.0', file: 'bin/koa-cluster', line: 67, rule: 'no-unthrottled-respawn', source: 'koajs/cluster#9' },
  { name: '@grpc/grpc-js', before: '0.5.3', after: '0.5.4', file: 'build/src/call-stream.js', line: 275, rule: 'no-leaked-listener', source: 'grpc/grpc-node#1027' },
  { name: 'serverless-offline', before: '4.10.0', after: '4.10.6', file: 'src/index.js', line: 560, rule: 'no-unbounded-cache', source: 'dherault/serverless-offline#640' },
  { name: 'stream-to-async-iterator', before: '0.2.0', after: '1.0.0', file: 'stream-to-async-iterator.js', afterFile: 'lib/stream-to-async-iterator.js', line: 239, rule: 'no-leaked-listener', source: 'basicdays/node-stream-to-async-iterator#5', missed: 'each call adds a listener for one event, of which another promise wins the race' },
  { name: 'events-to-async', before: '2.0.0', after: '2.0.1', file: 'lib/events-to-async.js', line: 39, rule: 'no-leaked-listener', source: 'azu/events-to-async#9' },
  { name: 'netlify-lambda', before: '1.4.0', after: '1.4.2', file: 'lib/serve.js', line: 138, rule: 'no-leaked-timeout', source: 'netlify/netlify-lambda#121' },
];

/** Written down in the same way after the rules had been mended for those; each race is at its own line, not at that of the timer which loses it. */
export const fifthBugs: readonly HistoricalBug[] = [
  { name: '@smithy/util-waiter', before: '4.0.5', after: '4.0.6', file: 'dist-cjs/index.js', line: 156, rule: 'no-leaked-listener', source: 'smithy-lang/smithy-typescript#1607' },
  { name: '@firebase/functions', before: '0.7.5', after: '0.7.6', file: 'dist/index.node.cjs.js', line: 623, rule: 'no-leaked-timeout', source: 'firebase/firebase-js-sdk#5701' },
  { name: 'socket-anti-spam', before: '1.1.8', after: '2.0.0', file: 'antispam.js', line: 114, rule: 'no-unbounded-cache', source: 'michaeldegroot/socket-anti-spam#32' },
  { name: '@dbos-inc/dbos-sdk', before: '1.18.8', after: '1.20.21', file: 'dist/src/scheduler/scheduler.js', line: 106, rule: 'no-leaked-timeout', source: 'dbos-inc/dbos-transact-ts#557' },
  { name: 'avatax', before: '21.10.0', after: '21.12.0', file: 'lib/utils/withTimeout.js', line: 13, rule: 'no-leaked-timeout', source: 'avadev/AvaTax-REST-V2-JS-SDK#141' },
  { name: 'restify-plugins', before: '1.0.2', after: '1.1.0', file: 'lib/plugins/static.js', line: 76, rule: 'prefer-pipeline', source: 'restify/plugins#42', left: [87] },
  { name: 'postgraphile', before: '4.2.0', after: '4.4.0', file: 'build/postgraphile/withPostGraphileContext.js', line: 54, rule: 'no-unreleased-client', source: 'graphile/crystal#978', left: [73] },
  { name: 'clickhouse', before: '2.4.4', after: '2.5.0', file: 'index.js', line: 305, rule: 'no-leaked-listener', source: 'TimonKK/clickhouse#113' },
  { name: 'minecraft-server-util', before: '5.2.5', after: '5.2.7', file: 'dist/structure/TCPClient.js', line: 449, rule: 'no-leaked-listener', source: 'PassTheMayo/minecraft-server-util#66', left: [420, 421] },
  { name: 'xrpl', before: '4.6.0', after: '5.0.0', file: 'dist/npm/client/index.js', line: 71, rule: 'no-leaked-listener', source: 'XRPLF/xrpl.js#3211' },
  { name: 'electrobun', before: '1.15.1', after: '1.16.0', file: 'dist/api/shared/rpc.ts', line: 269, rule: 'no-unbounded-cache', source: 'blackboardsh/electrobun#241' },
  { name: 'cli-progress', before: '3.11.0', after: '3.11.1', file: 'lib/single-bar.js', line: 23, rule: 'no-leaked-listener', source: 'npkgz/cli-progress#125', missed: 'a listener of process in a constructor that no handler reaches: most programs make one such object' },
];

/**
 * A sixth list of 16, blind like those before. At first 3 were found. What was learnt: promises of methods that settle on one way without taking off what they added for
 * another, streams that are given a signal, what is kept of each piece of work, subscriptions that are taken back without their listeners, and starts that are repeated.
 */
export const sixthBugs: readonly HistoricalBug[] = [
  { name: 'hashring', before: '0.0.6', after: '0.0.8', file: 'lib/hashring.js', afterFile: 'index.js', line: 150, rule: 'no-unbounded-cache', source: '3rd-Eden/node-hashring#8', missed: 'a change of servers makes the cache anew, and that counts as emptying it' },
  { name: '@socket.io/redis-adapter', before: '8.2.1', after: '8.3.0', file: 'dist/util.js', line: 62, rule: 'no-leaked-listener', source: 'socketio/socket.io-redis-adapter#528' },
  { name: 'ngrok', before: '4.0.1', after: '4.1.0', file: 'src/process.js', line: 75, rule: 'no-leaked-listener', source: 'bubenshchykov/ngrok#179' },
  { name: 'webpack-dev-middleware', before: '8.2.0', after: '8.4.0', file: 'dist/utils.js', line: 190, rule: 'no-unbounded-cache', source: 'webpack/webpack-dev-middleware#2405', missed: 'a memoizer of its own, which another file gives a function of requests' },
  { name: 'npm-registry-client', before: '7.1.2', after: '7.2.1', file: 'lib/request.js', line: 153, rule: 'no-leaked-listener', source: 'npm/npm-registry-client#142' },
  { name: 'better-auth', before: '1.4.10', after: '1.4.12', file: 'dist/api/rate-limiter/index.mjs', line: 84, rule: 'no-unbounded-cache', source: 'better-auth/better-auth#7161' },
  { name: 'turbo-stream', before: '2.4.0', after: '2.4.1', file: 'dist/turbo-stream.js', line: 200, rule: 'no-leaked-listener', source: 'jacob-ebey/turbo-stream#49', left: [146] },
  { name: 'request', before: '2.76.0', after: '2.77.0', file: 'request.js', line: 770, rule: 'no-leaked-listener', source: 'request/request#2438' },
  { name: '@nestjs/throttler', before: '2.0.0', after: '2.0.1', file: 'dist/throttler.service.js', line: 45, rule: 'no-unbounded-cache', source: 'nestjs/throttler#860' },
  { name: 'got', before: '12.5.2', after: '12.5.3', file: 'dist/source/core/index.js', line: 240, rule: 'no-leaked-listener', source: 'sindresorhus/got#2160' },
  { name: 'connect-mongodb', before: '1.0.0', after: '1.1.1', file: 'lib/connect-mongodb.js', line: 65, rule: 'no-leaked-interval', source: 'treygriffith/connect-mongodb#41' },
  { name: 'rcon-srcds', before: '1.0.0', after: '1.2.1', file: 'src/rcon.js', line: 158, rule: 'no-leaked-listener', source: 'EnriqCG/rcon-srcds#1' },
  { name: 'halacious', before: '5.0.1', after: '5.1.2', file: 'lib/plugin.js', line: 437, rule: 'no-compile-in-handler', source: 'bleupen/halacious#111', missed: 'the function is exposed to the handlers of other plugins' },
  { name: 'bee-queue', before: '0.3.0', after: '1.0.0', file: 'lib/job.js', line: 52, rule: 'no-unbounded-cache', source: 'bee-queue/bee-queue#54', missed: 'entries are removed when a message comes, which an option turns off' },
  { name: 'telnet-client', before: '0.12.3', after: '0.13.4', file: 'lib/index.js', line: 134, rule: 'no-leaked-listener', source: 'mkozjak/node-telnet-client#81' },
  { name: 'ssh2-sftp-client', before: '2.3.0', after: '2.4.0', file: 'src/index.js', line: 109, rule: 'no-leaked-listener', source: 'theophilusx/ssh2-sftp-client#46' },
];
