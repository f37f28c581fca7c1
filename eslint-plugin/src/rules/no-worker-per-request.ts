import { WORKERS } from '../data/made-once.js';
import { madeInHandlerRule } from '../model/made-in-handler-rule.js';

export default madeInHandlerRule({
  name: 'no-worker-per-request',
  description: 'Disallow starting a thread or a process where a request handler reaches it',
  made: WORKERS,
  gate: /Worker|fork|spawn|exec/,
  recommended: 'error',
  message: 'A new {{ what }} is started for every {{ per }} (reached from {{ from }}): about {{ cost }} each, and no upper bound. Use a pool with a queue.',
});
