import * as parser from '@typescript-eslint/parser';
import { RuleTester } from 'eslint';

import rule from './no-sync-child-process-in-handler.js';

const APP = "import express from 'express'; import cp, { execSync as sh } from 'node:child_process'; const app = express(); ";

new RuleTester({ languageOptions: { parser } }).run('no-sync-child-process-in-handler', rule, {
  valid: [
    `${APP}const commit = cp.execSync('git rev-parse HEAD').toString(); app.get('/', (req, res) => res.end(commit));`,
    `${APP}let version; const versionOf = () => { if (version === undefined) version = sh('git describe').toString(); return version; }; app.get('/', (req, res) => res.end(versionOf()));`,
    "import { Controller, Get, OnModuleInit } from '@nestjs/common'; import { execFileSync } from 'child_process'; @Controller() class Version implements OnModuleInit { onModuleInit() { this.commit = execFileSync('git'); } @Get() version() { return this.commit; } }",
    `${APP}app.get('/', (req, res) => { Effect.runSync(program); res.end(); });`,
    "import { Get } from './cache.js'; import cp from 'child_process'; class X { @Get.all() list() { return cp.execSync('ls'); } }",
    "const { execSync } = require('child_process'); program.command('release').action(() => { execSync('npm publish'); });",
  ],
  invalid: [
    { code: "import cp from 'child_process'; class X { @Get() list() { return cp.execSync('ls'); } }", errors: [{ message: /execSync.*@Get/ }] },
    { code: "import { Get as Fetch } from '@nestjs/common'; import cp from 'child_process'; class X { @Fetch() list() { return cp.execSync('ls'); } }", errors: [{ message: /execSync.*@Get/ }] },
    { code: "import * as nest from '@nestjs/common'; import cp from 'child_process'; class X { @nest.Get() list() { return cp.execSync('ls'); } }", errors: [{ message: /execSync.*@Get/ }] },
    { code: `${APP}const { status } = {}; app.get('/', (req, res) => { res.json(cp.spawnSync('convert').status); });`, errors: [{ message: /spawnSync/ }] },
    { code: `${APP}app.get('/', (req, res) => { res.end(sh('uptime')); });`, errors: [{ message: /execSync.*app\.get/ }] },
    { code: "import { Worker } from 'bullmq'; import { execFileSync } from 'child_process'; function convert(job) { execFileSync('convert', [job.data]); } new Worker('q', convert);", errors: [{ message: /execFileSync/ }] },
    { code: "import spawn from 'cross-spawn'; export default function handler(req, res) { res.end(spawn.sync('uptime').stdout); }", errors: [{ messageId: 'blocks' }] },
  ],
});
