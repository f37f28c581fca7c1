import { CRYPTO_CALLS } from '../data/blocking-calls.js';
import { blockingCallRule } from '../model/blocking-call-rule.js';

export default blockingCallRule({
  name: 'no-sync-crypto-in-handler',
  description: 'Disallow synchronous key derivation, hashing of passwords and key generation where a request handler reaches it',
  calls: CRYPTO_CALLS,
  gate: /Sync|randomBytes/,
  recommended: 'error',
  instead: 'Use the asynchronous form, which works in a thread.',
});
