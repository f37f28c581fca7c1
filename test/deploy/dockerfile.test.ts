import { validate } from 'dockerfile-utils';
import { describe, expect, test } from 'vitest';

import { images } from '../../templates/images.js';
import { packageManagers as commands } from '../../templates/package-manager.js';
import { settings } from '../../templates/service/files/src/settings.js';
import { readDockerfile, textsOf } from './harness/dockerfile.js';
import { composeWith, fileOf, packageManagers } from './harness/project.js';

const SECRET = /token|secret|password|key/i;
/** What decides a build, in the order of the names of the files; all else must stay out of the context. */
const ALLOWED = /^(package\.json|package-lock\.json|pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lock|tsconfig(\.build)?\.json|src)$/;

describe.each(packageManagers)('the Dockerfile for %s', (packageManager) => {
  const text = fileOf({ packageManager }, 'Dockerfile');
  const stages = readDockerfile(text);
  const steps = stages.flatMap((stage) => stage.steps);
  const final = stages.at(-1)?.steps ?? [];
  const fromContext = steps.filter(({ keyword, flags }) => keyword === 'COPY' && !flags.some((flag) => flag.startsWith('--from'))).flatMap((copy) => copy.text.split(' ').slice(0, -1));

  test('is read by Docker without an error or a warning', () => {
    expect(validate(text).map(({ message, range }) => ({ message, line: range.start.line + 1 }))).toEqual([]);
  });

  test('builds from the image that is pinned, and no other', () => {
    const names = stages.map(({ name }) => name);
    expect(stages.map(({ image }) => image).filter((image) => !names.includes(image))).toEqual([images.node]);
    expect(images.node).toMatch(/^node:\d+-\w+-slim$/);
  });

  test('runs the service as a user by number who is not root, without a shell in between', () => {
    expect(textsOf(final, 'USER')).toEqual(['1000:1000']);
    expect(textsOf(final, 'CMD').map((json) => JSON.parse(json) as unknown)).toEqual([['node', 'dist/main.js']]);
    expect(textsOf(steps, 'ENTRYPOINT')).toEqual([]);
  });

  test('takes nothing of development into the image', () => {
    const copied = final.filter(({ keyword }) => keyword === 'COPY').map(({ flags, text: copy }) => [...flags, copy].join(' '));
    expect(copied).toEqual(['package.json ./', '--from=dependencies /app/node_modules ./node_modules', '--from=build /app/dist ./dist']);
    const dependencies = stages.find(({ name }) => name === 'dependencies')?.steps ?? [];
    expect(textsOf(dependencies, 'RUN')).toEqual([commands[packageManager].installForProduction]);
  });

  test('installs what the lock file says, before any source is copied', () => {
    const texts = steps.map((step) => `${step.keyword} ${step.text}`);
    const at = (part: string): number => texts.findIndex((each) => each.includes(part));
    expect(at(commands[packageManager].lockFile)).toBeGreaterThan(-1);
    expect(at(commands[packageManager].installLocked)).toBeGreaterThan(at(commands[packageManager].lockFile));
    expect(at('COPY src')).toBeGreaterThan(at(commands[packageManager].installLocked));
  });

  test('holds no secret, adds nothing from the network, and writes to a volume only', () => {
    for (const variable of [...textsOf(steps, 'ENV'), ...textsOf(steps, 'ARG')]) expect(variable).not.toMatch(SECRET);
    expect(textsOf(steps, 'ADD')).toEqual([]);
    expect(textsOf(final, 'VOLUME')).toEqual(['/diagnostics']);
    expect(textsOf(final, 'ENV')).toContain('DIAGNOSTICS_DIR=/diagnostics');
  });

  test('sets only variables that the service or Node.js knows', () => {
    const known = ['NODE_ENV', ...Object.keys(settings)];
    for (const variable of textsOf(final, 'ENV')) expect(known).toContain(variable.split('=')[0]);
  });

  test('copies nothing that .dockerignore keeps away, which is everything not needed', () => {
    const [everything, ...exceptions] = fileOf({ packageManager }, '.dockerignore').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(everything).toBe('*');
    expect(exceptions.every((line) => line.startsWith('!') && ALLOWED.test(line.slice(1)))).toBe(true);
    const allowed = exceptions.map((line) => line.slice(1));
    expect(fromContext.length).toBeGreaterThan(4);
    for (const source of fromContext) expect(allowed).toContain(source);
  });

  test('copies only what is emitted, and the lock file', () => {
    const files = [...composeWith({ packageManager }).keys(), commands[packageManager].lockFile];
    for (const source of fromContext) expect(files.some((path) => path === source || path.startsWith(`${source}/`)), source).toBe(true);
  });
});

test('an own port stands where Docker and the health check look for it', () => {
  const text = fileOf({ port: 8123, adminPort: 8124 }, 'Dockerfile');
  expect(text).toMatch(/^EXPOSE 8123 8124$/m);
  expect(text).toContain("process.env.ADMIN_PORT || 8124) + '/readyz'");
});
