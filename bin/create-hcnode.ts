import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { compose } from '../generators/compose/compose.js';
const target = process.argv[2] ?? 'x';
const files = compose({ name: basename(target), framework: 'fastify', queue: 'none', deploy: ['docker', 'systemd', 'kubernetes'], proxy: 'nginx', alerts: ['email'], domain: 'localhost', port: 3000, adminPort: 9464, workers: 'auto', packageManager: 'npm' });
for (const [path, text] of files) { mkdirSync(dirname(join(target, path)), { recursive: true }); writeFileSync(join(target, path), text); }
console.log(`${files.size} files`);
