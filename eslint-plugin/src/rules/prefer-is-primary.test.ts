import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from './prefer-is-primary.js';

new RuleTester().run('prefer-is-primary', rule, {
  valid: [
    "import cluster from 'node:cluster'; if (cluster.isPrimary) cluster.setupPrimary({});",
    'const raft = { isMaster: true }; if (raft.isMaster) start();',
    'const isMaster = true;',
    "import { isMaster } from './raft.js';",
    'function f(cluster) { return cluster.isMaster; }',
    "import cluster from 'node:cluster'; const { isMaster } = raft;",
  ],
  invalid: [
    {
      code: "import cluster from 'node:cluster'; cluster.isMaster;",
      output: "import cluster from 'node:cluster'; cluster.isPrimary;",
      errors: [{ messageId: 'renamed', data: { old: 'isMaster', new: 'isPrimary' }, line: 1, column: 37, endColumn: 53 }],
    },
    {
      code: "const cluster = require('cluster'); cluster['setupMaster']({});",
      output: "const cluster = require('cluster'); cluster['setupPrimary']({});",
      errors: [{ messageId: 'renamed' }],
    },
    {
      code: "import cluster from 'node:cluster'; const { isMaster } = cluster;",
      output: "import cluster from 'node:cluster'; const { isPrimary: isMaster } = cluster;",
      errors: [{ messageId: 'renamed' }],
    },
    {
      code: "const { isMaster: first } = require('cluster');",
      output: "const { isPrimary: first } = require('cluster');",
      errors: [{ messageId: 'renamed' }],
    },
    {
      code: "import { isMaster } from 'cluster';",
      output: "import { isPrimary as isMaster } from 'cluster';",
      errors: [{ messageId: 'renamed' }],
    },
    {
      code: "import cluster from 'node:cluster'; class Log { cluster = cluster; role() { return this.cluster.isMaster; } }",
      output: "import cluster from 'node:cluster'; class Log { cluster = cluster; role() { return this.cluster.isPrimary; } }",
      errors: [{ messageId: 'renamed' }],
    },
    {
      code: "import * as cl from 'cluster'; (cl as any).default.isMaster;",
      output: "import * as cl from 'cluster'; (cl as any).default.isPrimary;",
      errors: [{ messageId: 'renamed' }],
    },
  ],
});
