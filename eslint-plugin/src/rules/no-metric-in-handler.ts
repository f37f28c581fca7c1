import { METRICS } from '../data/made-once.js';
import { madeInHandlerRule } from '../model/made-in-handler-rule.js';

export default madeInHandlerRule({
  name: 'no-metric-in-handler',
  description: 'Disallow making metrics where a request handler reaches it',
  made: METRICS,
  gate: /prom-client|opentelemetry/,
  recommended: 'error',
  message: 'This {{ what }} is made for every {{ per }} (reached from {{ from }}): {{ cost }}. Make it once, at the top of the module.',
  isMovable: true,
});
