import { COMPILED } from '../data/made-once.js';
import { madeInHandlerRule } from '../model/made-in-handler-rule.js';

export default madeInHandlerRule({
  name: 'no-compile-in-handler',
  description: 'Disallow compiling schemas, templates and scripts where a request handler reaches it',
  made: COMPILED,
  gate: /RegExp|ajv|Ajv|compile|template|Script|Function|Intl/,
  recommended: 'off',
  message: 'This {{ what }} is made for every {{ per }} (reached from {{ from }}): {{ cost }}. Make it once.',
  isMovable: true,
});
