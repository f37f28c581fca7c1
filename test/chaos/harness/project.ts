import { cpSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inject, onTestFinished } from 'vitest';
import type { TestProject } from 'vitest/node';
import { emitService, NODE_MODULES } from './emit.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The emitted service under test, built, with its chaos build. */
    projectFolder: string;
    /** Values of LISTEN for what does not hang on how connections reach the workers. */
    sideModes: string[];
  }
}

/** Composes and builds the service that all tests start. CHAOS_PROJECT names a built one to test instead. */
export default function setup(project: TestProject): (() => void) | undefined {
  const given = process.env.CHAOS_PROJECT;
  if (given !== undefined) {
    project.provide('projectFolder', resolve(given));
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'hcnode-chaos-'));
  emitService(folder);
  project.provide('projectFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** A copy whose built files a test may break. It is removed when the test ends. */
export function copyProject(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hcnode-release-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(inject('projectFolder'), 'dist'), join(folder, 'dist'), { recursive: true });
  cpSync(join(inject('projectFolder'), 'package.json'), join(folder, 'package.json'));
  symlinkSync(NODE_MODULES, join(folder, 'node_modules'));
  return folder;
}

/** Replaces every built file by one that throws: a release which cannot start, whichever file its worker begins with. Returns how to mend it. */
export function breakRelease(folder: string): () => void {
  const dist = join(folder, 'dist');
  const good = join(folder, 'dist-good');
  renameSync(dist, good);
  cpSync(good, dist, { recursive: true });
  for (const path of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
    if (/\.[cm]?js$/.test(path)) writeFileSync(join(dist, path), "throw new Error('this release cannot start');\n");
  }
  return () => {
    rmSync(dist, { recursive: true });
    renameSync(good, dist);
  };
}
