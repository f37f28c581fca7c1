#!/usr/bin/env node
import process from 'node:process';

import { main } from './main.js';

// `hcnode-lint | head` closes the pipe before all is written: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});
process.exitCode = await main(process.argv.slice(2), { cwd: process.cwd(), stdout: process.stdout, stderr: process.stderr });
