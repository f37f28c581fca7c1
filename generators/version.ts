import { readFileSync } from 'node:fs';

import { packageRoot } from './package-root.js';

/** Our own version. Read when asked for: importing package.json would make the compiler copy it, and our root be found there. */
export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('package.json', packageRoot), 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest && typeof manifest.version === 'string') return manifest.version;
  throw new Error('create-hcnode is damaged: its package.json names no version');
}
