import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestProject } from 'vitest/node';

import { compose } from '../../../generators/compose/compose.js';
import type { Project } from '../../../templates/project.js';
import { defaults } from '../../support/selections.js';

const ROOT = resolve(import.meta.dirname, '../../..');

declare module 'vitest' {
  export interface ProvidedContext {
    /** An emitted project with every program around the service; its service is built, with the routes that misbehave. */
    opsFolder: string;
  }
}

const everything: Project = {
  ...defaults,
  name: 'shop',
  deploy: ['docker'],
  alerts: ['email', 'slack', 'dingtalk', 'webhook'],
  workers: 2,
};

export default function setup(project: TestProject): () => void {
  const folder = emit();
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  execFileSync('npm', ['run', 'build:chaos'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  project.provide('opsFolder', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Writes a project to a temporary folder, which the caller removes. */
export function emit(answers: Partial<Project> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'hcnode-ops-'));
  for (const [path, text] of compose({ ...everything, ...answers })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
