import { cpSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { readDockerfile, type Stage, textsOf } from './dockerfile.js';
import { run } from './run.js';

const BUILD_TIMEOUT_MS = 180_000;

export interface Image {
  /** What stands in /app. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
}

/**
 * Does by hand what Docker would do with this Dockerfile: each stage in a folder of its own that stands for /app. There is no engine
 * where these tests run. It knows the instructions that we emit, and throws at others.
 * @param context the folder that is built
 * @param root where the stages go
 */
export async function buildByHand(dockerfile: string, context: string, root: string): Promise<Image> {
  const stages = readDockerfile(dockerfile);
  for (const [index, stage] of stages.entries()) await build(stage, index);
  const final = stages.at(-1);
  if (!final) throw new Error('the Dockerfile has no stage');
  return {
    folder: join(root, String(stages.length - 1)),
    env: Object.fromEntries(textsOf(final.steps, 'ENV').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])),
    command: words(textsOf(final.steps, 'CMD')[0]),
    healthCheck: words(textsOf(final.steps, 'HEALTHCHECK')[0]?.replace(/^CMD /, '')),
  };

  async function build({ image, steps }: Stage, index: number): Promise<void> {
    const folder = join(root, String(index));
    mkdirSync(folder, { recursive: true });
    const base = stages.findIndex(({ name }) => name === image);
    if (base >= 0) cpSync(join(root, String(base)), folder, { recursive: true });
    for (const { keyword, flags, text } of steps) {
      if (keyword === 'COPY') copy(text.split(' '), sourceOf(flags), folder);
      else if (keyword === 'RUN') await execute(text, folder);
      else if (!['WORKDIR', 'ENV', 'USER', 'VOLUME', 'EXPOSE', 'HEALTHCHECK', 'CMD'].includes(keyword)) throw new Error(`what does ${keyword} do?`);
    }
  }

  function sourceOf(flags: readonly string[]): string {
    const from = flags.find((flag) => flag.startsWith('--from='))?.slice('--from='.length);
    return from === undefined ? context : join(root, String(stages.findIndex(({ name }) => name === from)));
  }

  /** As Docker does: of a folder the content is copied, and a file into a folder that ends with a slash. */
  function copy(paths: readonly string[], source: string, folder: string): void {
    const target = paths.at(-1) ?? '';
    for (const path of paths.slice(0, -1)) {
      const inSource = path.replace(/^\/app\//, '');
      cpSync(join(source, inSource), target.endsWith('/') ? join(folder, target, inSource) : resolve(folder, target), { recursive: true, verbatimSymlinks: true });
    }
  }

  async function execute(command: string, folder: string): Promise<void> {
    // The volume is outside of /app; tests bring their own.
    if (command.startsWith('install --directory')) return;
    const { code, said } = await run('sh', ['-c', command], { folder, timeoutMs: BUILD_TIMEOUT_MS });
    if (code !== 0) throw new Error(`RUN ${command} ended with ${code}:\n${said}`);
  }
}

function words(json: string | undefined): readonly string[] {
  const parsed: unknown = JSON.parse(json ?? '[]');
  return Array.isArray(parsed) ? parsed.map(String) : [];
}
