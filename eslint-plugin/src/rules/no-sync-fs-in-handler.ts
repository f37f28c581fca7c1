import { FS_CALLS } from '../data/blocking-calls.js';
import { blockingCallRule } from '../model/blocking-call-rule.js';

export default blockingCallRule({
  name: 'no-sync-fs-in-handler',
  description: 'Disallow synchronous file access where a request handler reaches it',
  calls: FS_CALLS,
  gate: /[sS]ync|HeapSnapshot/,
  recommended: 'warn',
  instead: 'Use fs/promises, or read it once at the start.',
});
