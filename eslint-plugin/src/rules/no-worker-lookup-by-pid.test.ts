import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from './no-worker-lookup-by-pid.js';

const cluster = "import cluster from 'node:cluster'; ";

new RuleTester().run('no-worker-lookup-by-pid', rule, {
  valid: [
    `${cluster}cluster.workers[worker.id];`,
    `${cluster}Object.values(cluster.workers).find((worker) => worker.process.pid === pid);`,
    'byPid[worker.process.pid] = worker;',
    'pool.workers[pid];',
    `${cluster}const workers = {}; workers[pid];`,
    `${cluster}cluster.on('exit', ({ id }) => { cluster.workers[id]; });`,
    `${cluster}const { process: child } = worker; cluster.workers[child.id];`,
  ],
  invalid: [
    {
      code: `${cluster}cluster.workers[worker.process.pid];`,
      errors: [{ messageId: 'byPid', line: 1, column: 37, endColumn: 72, suggestions: [{ messageId: 'useId', data: { id: 'worker.id' }, output: `${cluster}cluster.workers[worker.id];` }] }],
    },
    {
      code: `${cluster}cluster.workers![pid];`,
      errors: [{ messageId: 'byPid', suggestions: [{ messageId: 'search', output: `${cluster}Object.values(cluster.workers ?? {}).find((worker) => worker?.process.pid === pid);` }] }],
    },
    { code: `${cluster}delete cluster.workers[pid];`, errors: [{ messageId: 'byPid' }] },
    {
      code: `${cluster}const { workers } = cluster; workers[w.process.pid];`,
      errors: [{ messageId: 'byPid', suggestions: [{ messageId: 'useId', data: { id: 'w.id' }, output: `${cluster}const { workers } = cluster; workers[w.id];` }] }],
    },
    {
      code: `${cluster}const f = (p) => cluster.workers?.[p === process.pid ? process.pid : p];`,
      errors: [{ messageId: 'byPid', suggestions: [{ messageId: 'search', output: `${cluster}const f = (p) => Object.values(cluster.workers ?? {}).find((worker) => worker?.process.pid === (p === process.pid ? process.pid : p));` }] }],
    },
    {
      code: `${cluster}const id = worker.process.pid; cluster.workers[id];`,
      errors: [{ messageId: 'byPid', suggestions: [{ messageId: 'search', output: `${cluster}const id = worker.process.pid; Object.values(cluster.workers ?? {}).find((worker) => worker?.process.pid === id);` }] }],
    },
    {
      code: `${cluster}for (const id of this.pids) cluster.workers[id];`,
      errors: [{ messageId: 'byPid', suggestions: [{ messageId: 'search', output: `${cluster}for (const id of this.pids) Object.values(cluster.workers ?? {}).find((worker) => worker?.process.pid === id);` }] }],
    },
    {
      code: `${cluster}const all = cluster.workers ?? {}; all[process.pid];`,
      errors: [{ messageId: 'byPid', suggestions: [{ messageId: 'search', output: `${cluster}const all = cluster.workers ?? {}; Object.values(all ?? {}).find((worker) => worker?.process.pid === process.pid);` }] }],
    },
    { code: `${cluster}cluster.on('exit', ({ process: { pid: id } }) => { delete cluster.workers[id]; });`, errors: [{ messageId: 'byPid' }] },
  ],
});
