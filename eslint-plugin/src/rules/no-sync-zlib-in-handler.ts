import { ZLIB_CALLS } from '../data/blocking-calls.js';
import { blockingCallRule } from '../model/blocking-call-rule.js';

export default blockingCallRule({
  name: 'no-sync-zlib-in-handler',
  description: 'Disallow synchronous compression where a request handler reaches it',
  calls: ZLIB_CALLS,
  gate: /Sync|pako/,
  recommended: 'error',
  instead: 'Use the form with a callback, or a stream.',
});
