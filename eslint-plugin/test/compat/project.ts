import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import process from 'node:process';

import { buildEslintPlugin } from '../../../scripts/build-eslint-plugin.js';

const pluginFolder = fileURLToPath(new URL('../../', import.meta.url));
const rootModules = fileURLToPath(new URL('../../../node_modules/', import.meta.url));
const INSTALL_TIMEOUT_MS = 300_000;
const MAX_OUTPUT_BYTES = 1 << 26;

export interface Ended {
  readonly exitCode: number;
  readonly output: string;
}

/** A folder of its own, with files in it. */
export class Project {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'hcnode-compat-')));

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, name)), { recursive: true });
      writeFileSync(join(this.folder, name), text);
    }
  }

  copy(from: string, to: string): void {
    cpSync(from, join(this.folder, to), { recursive: true });
  }

  /** Unpacks the plugin as npm would, and links what else there is from this repository: needs no registry. */
  async unpack(tarball: string, linked: readonly string[]): Promise<void> {
    const target = join(this.folder, 'node_modules/eslint-plugin-hcnode');
    mkdirSync(target, { recursive: true });
    await this.run('tar', ['--extract', '--gzip', '--strip-components=1', '--file', tarball, '--directory', target]);
    for (const name of linked) {
      mkdirSync(dirname(join(this.folder, 'node_modules', name)), { recursive: true });
      symlinkSync(join(rootModules, name), join(this.folder, 'node_modules', name));
    }
  }

  /** @returns what npm said, which is nothing but what it added if all fits */
  async install(packages: readonly string[]): Promise<Ended> {
    return this.run('npm', ['install', '--no-audit', '--no-fund', '--save-dev', ...packages]);
  }

  async run(command: string, parameters: readonly string[]): Promise<Ended> {
    return new Promise((resolve) => {
      const options = { cwd: this.folder, timeout: INSTALL_TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } };
      execFile(command, [...parameters], options, (error, stdout, stderr) => {
        resolve({ exitCode: error === null ? 0 : typeof error.code === 'number' ? error.code : -1, output: stdout + stderr });
      });
    });
  }

  /** A program of an installed package. */
  async runInstalled(name: string, parameters: readonly string[]): Promise<Ended> {
    return this.run(join(this.folder, 'node_modules/.bin', name), parameters);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Builds and packs the plugin. */
export async function packPlugin(into: Project): Promise<string> {
  await buildEslintPlugin();
  const { exitCode, output } = await into.run('npm', ['pack', pluginFolder, '--ignore-scripts', '--silent']);
  if (exitCode !== 0) throw new Error(`npm pack: ${output}`);
  return join(into.folder, output.trim().split('\n').at(-1) ?? '');
}
