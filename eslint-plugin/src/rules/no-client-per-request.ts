import { CLIENTS } from '../data/made-once.js';
import { madeInHandlerRule } from '../model/made-in-handler-rule.js';

export default madeInHandlerRule({
  name: 'no-client-per-request',
  description: 'Disallow making a database, queue or HTTP client where a request handler reaches it',
  made: CLIENTS,
  gate: /Pool|Client|Redis|Kafka|Agent|create|connect|Sequelize|DataSource|extend|knex|Connection|Cluster/,
  recommended: 'off',
  message: 'This {{ what }} is made for every {{ per }} (reached from {{ from }}): {{ cost }}. Make it once and share it.',
});
