import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, test } from 'vitest';
import helpers from 'yeoman-test';

import AppGenerator from '../generators/app/index.js';
import { compose } from '../generators/compose/compose.js';
import { contentOf, temporaryFolder } from './support/folder.js';
import { packageFolder, run } from './support/run.js';
import { defaults } from './support/selections.js';

const resolved = join(packageFolder, 'generators/app/index.ts');

test('Yeoman writes the same files, from its own prompts', async () => {
  const result = await helpers
    .run(AppGenerator, { namespace: 'hcnode:app', resolved })
    .withArguments(['my-service'])
    .withOptions(flags({}))
    .withAnswers({ name: 'my-service', deploy: ['systemd'], proxy: 'none', alerts: [], domain: 'localhost' });
  const { '.hcnode.json': state, '.hcnode/base.gz': base, ...files } = contentOf(join(result.cwd, 'my-service'));
  const composed = compose({ ...defaults, deploy: ['systemd'], proxy: 'none', alerts: [] });
  expect([state, base]).not.toContain(undefined);
  expect(files).toEqual(Object.fromEntries([...composed].map(([path, text]) => [path, Buffer.from(text).toString('latin1')])));
});

test('Yeoman takes the same flags, and refuses the same answers', async () => {
  const runWith = async (options: object): Promise<unknown> => helpers.run(AppGenerator, { namespace: 'hcnode:app', resolved }).withArguments(['x']).withOptions(flags({ yes: true, ...options }));
  await expect(runWith({ port: '80a' })).rejects.toThrow('--port must be an integer from 1 to 65535, got "80a"');
  await expect(runWith({ framework: 'express' })).rejects.toThrow('not in this version');
});

/** Yeoman types the options of its own only; ours are declared by the generator. */
const flags = (options: object): object => ({ install: false, git: false, ...options });

/** As npm would install them, with the shim beside the bundle. */
test('`yo hcnode` finds the generator in the shim package', async () => {
  const cwd = temporaryFolder();
  const modules = join(cwd, 'node_modules');
  mkdirSync(join(modules, 'create-hcnode'), { recursive: true });
  for (const entry of ['package.json', 'dist', 'templates']) cpSync(join(packageFolder, entry), join(modules, 'create-hcnode', entry), { recursive: true, filter: (path) => !path.includes('node_modules') || path.startsWith(modules) });
  cpSync(join(packageFolder, 'generator-hcnode'), join(modules, 'generator-hcnode'), { recursive: true });
  for (const name of ['yeoman-generator', 'yeoman-environment']) symlinkSync(join(packageFolder, 'node_modules', name), join(modules, name));
  const shim = pathToFileURL(join(modules, 'generator-hcnode/generators/app/index.js')).href;
  const script = `
    import { createEnv } from 'yeoman-environment';
    import Generator from ${JSON.stringify(shim)};
    const env = createEnv({ cwd: process.cwd() });
    env.register(Generator, { namespace: 'hcnode:app', resolved: 'x' });
    await env.run(['hcnode:app', 'my-service'], { yes: true, git: false, skipInstall: true, skipCache: true });`;
  const { exitCode, stderr } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd, env: { HOME: cwd } });
  expect(exitCode, stderr).toBe(0);
  expect(readFileSync(join(cwd, 'my-service/package.json'), 'utf8')).toBe(compose(defaults).get('package.json'));
});
