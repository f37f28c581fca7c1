import { RuleTester } from '@typescript-eslint/rule-tester';

import rule from './no-timer-in-loop.js';

new RuleTester().run('no-timer-in-loop', rule, {
  valid: [
    'async function f() { for (const job of jobs) { await sleep(10); job.run(); } }',
    'async function f() { for (const job of jobs) await new Promise((resolve) => setTimeout(resolve, 10)); }',
    'const timers = jobs.map((job) => setInterval(() => job.run(), 1000));',
    'const timers: ReturnType<typeof setTimeout>[] = []; for (const job of jobs) timers.push(setTimeout(job.run, 100_000));',
    'for (const job of jobs) { setTimeout(job.run, 10); }',
    'for (const job of jobs) { setTimeout(job.run, job.delay); }',
    "for (const name of ['a', 'b']) setInterval(() => poll(name), 1000);",
    'async function f() { while (true) { setTimeout(g, 10); await g(); } }',
    'import { setInterval } from "./clock"; for (const job of jobs) setInterval(job.run, 1000);',
    'for (const job of jobs) job.on("a", () => { setInterval(job.run, 1000); });',
  ],
  invalid: [
    { code: 'for (const job of jobs) setInterval(() => job.run(), 1000);', errors: [{ messageId: 'perIteration', line: 1, column: 25, endColumn: 59, suggestions: [{ messageId: 'collect', output: 'const timers: ReturnType<typeof setTimeout>[] = [];\nfor (const job of jobs) timers.push(setInterval(() => job.run(), 1000));' }] }] },
    { code: 'jobs.forEach((job) => { setInterval(job.run, 1000); });', errors: [{ messageId: 'perIteration', suggestions: [{ messageId: 'collect', output: 'const timers: ReturnType<typeof setTimeout>[] = [];\njobs.forEach((job) => { timers.push(setInterval(job.run, 1000)); });' }] }] },
    { code: 'jobs.forEach((job) => setInterval(job.run, 1000));', errors: [{ messageId: 'perIteration', suggestions: [{ messageId: 'collect', output: 'const timers: ReturnType<typeof setTimeout>[] = [];\njobs.forEach((job) => timers.push(setInterval(job.run, 1000)));' }] }] },
    { code: 'for (let i = 0; i < n; i++) { setTimeout(() => jobs[i].run(), 86_400_000); }', errors: [{ messageId: 'perIteration', suggestions: [{ messageId: 'collect', output: 'const timers: ReturnType<typeof setTimeout>[] = [];\nfor (let i = 0; i < n; i++) { timers.push(setTimeout(() => jobs[i].run(), 86_400_000)); }' }] }] },
    { code: 'async function f() { while (true) { setTimeout(() => f(), 1000); } }', errors: [{ messageId: 'perIteration' }] },
    { code: 'import { setInterval as every } from "node:timers"; for (const job of jobs) every(job.run, 1000).unref();', errors: [{ messageId: 'perIteration', suggestions: [{ messageId: 'collect', output: 'import { setInterval as every } from "node:timers"; const startedTimers: ReturnType<typeof setTimeout>[] = [];\n                                                    for (const job of jobs) startedTimers.push(every(job.run, 1000).unref());' }] }] },
    { code: 'for (const job of jobs) setTimeout(job.run, 10);', options: [{ minDelay: 5 }], errors: [{ messageId: 'perIteration', suggestions: [{ messageId: 'collect', output: 'const timers: ReturnType<typeof setTimeout>[] = [];\nfor (const job of jobs) timers.push(setTimeout(job.run, 10));' }] }] },
    { code: 'jobs.forEach((job) => { setInterval(job, 1000); });', filename: 'jobs.js', errors: [{ messageId: 'perIteration', suggestions: [{ messageId: 'collect', output: 'const timers = [];\njobs.forEach((job) => { timers.push(setInterval(job, 1000)); });' }] }] },
    // A list that is made anew each time round, or that never ends, helps nobody.
    { code: 'for (const one of all) { for (const job of one) setInterval(job, 1000); }', errors: [{ messageId: 'perIteration' }] },
  ],
});
