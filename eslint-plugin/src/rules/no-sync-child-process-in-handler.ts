import { CHILD_PROCESS_CALLS } from '../data/blocking-calls.js';
import { blockingCallRule } from '../model/blocking-call-rule.js';

export default blockingCallRule({
  name: 'no-sync-child-process-in-handler',
  description: 'Disallow waiting for a child process where a request handler reaches it',
  calls: CHILD_PROCESS_CALLS,
  gate: /[sS]ync|shelljs/,
  recommended: 'error',
  instead: 'Use execFile with a callback, or its promisified form.',
});
