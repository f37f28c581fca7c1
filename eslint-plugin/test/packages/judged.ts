/** A report on a pinned package that somebody read, and what they thought of it. */
export interface JudgedReport {
  /** `package file:line rule`. */
  readonly report: string;
  readonly isTrue: boolean;
  readonly why: string;
}

/** All that the recommended rules report on the pinned packages. */
export const judgedReports: readonly JudgedReport[] = [
  { report: '@hapi/hapi lib/toolkit.js:154 no-leaked-timeout', isTrue: true, why: 'nothing keeps the timer, so it stays armed for the whole timeout of an extension that was quick' },
  { report: '@redis/client dist/lib/cluster/cluster-slots.js:252 no-unbounded-cache', isTrue: true, why: 'the numbers of migrations that were seen are kept as long as the client lives; few come, so little is lost' },
  { report: 'restify lib/plugins/static.js:134 prefer-pipeline', isTrue: true, why: "the file stream has no listener for 'error': a read that fails throws in the process" },
  { report: 'winston lib/winston/transports/file.js:784 prefer-pipeline', isTrue: true, why: "none of the three streams has a listener for 'error', and the callback is never called" },
];
