import { chmodSync, existsSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { freePort } from '../../chaos/harness/ports.js';
import { send } from '../../chaos/harness/requests.js';
import { composeWith, write } from '../harness/project.js';
import { run } from '../harness/run.js';

const NODE_MODULES = resolve(import.meta.dirname, '../../../node_modules');
const HELLO = 'src/app/routes/hello.ts';

/** Stand-ins: npm that installs by a link and builds for real, sudo that does nothing, systemctl that starts the real service. */
const programs = {
  npm: `#!/bin/sh
case "$*" in
  ci*) ln -sfn ${NODE_MODULES} node_modules ;;
  'run build') node node_modules/typescript/bin/tsc -p tsconfig.build.json ;;
  *) echo "npm $*?" >&2; exit 1 ;;
esac
`,
  sudo: '#!/bin/sh\nexec "$@"\n',
  systemctl: `#!/bin/sh
echo "systemctl $*" >> "$FAKES/called"
pid=$(cat "$FAKES/pid" 2> /dev/null)
case "$1" in
  is-active) [ -n "$pid" ] && kill -0 "$pid" 2> /dev/null ;;
  restart)
    NODE_ENV=production setsid node "$DESTDIR/opt/shop/current/dist/main.js" > "$FAKES/log" 2>&1 &
    echo $! > "$FAKES/pid"
    for _ in $(seq 150); do grep -q 'service ready' "$FAKES/log" && exit 0; sleep 0.1; done
    exit 1 ;;
  reload) kill -HUP "$pid" ;;
esac
`,
};

async function prepare() {
  const project = write(composeWith());
  const fakes = write(Object.entries(programs));
  for (const name of Object.keys(programs)) chmodSync(join(fakes, name), 0o755);
  const root = write([]);
  const [port, adminPort] = [await freePort(), await freePort()];
  const env = { PATH: `${fakes}:${process.env['PATH'] ?? ''}`, FAKES: fakes, DESTDIR: root, PORT: String(port), ADMIN_PORT: String(adminPort), WORKERS: '2' };
  onTestFinished(() => {
    const pid = existsSync(join(fakes, 'pid')) ? Number(readFileSync(join(fakes, 'pid'), 'utf8')) : 0;
    if (pid > 0) process.kill(-pid, 'SIGKILL');
  });
  symlinkSync(NODE_MODULES, join(project, 'node_modules'));
  return {
    project,
    root,
    deploy: (...parameters: string[]) => run('sh', ['ops/systemd/deploy.sh', ...parameters], { folder: project, env }),
    current: () => readlinkSync(join(root, 'opt/shop/current')),
    answer: async () => (await send({ port, path: '/' })).answer?.body,
    systemctlCalls: () => readFileSync(join(fakes, 'called'), 'utf8').trim().split('\n'),
    serve: (message: string) => {
      const path = join(project, HELLO);
      const text = readFileSync(path, 'utf8');
      const changed = text.replace(/message: '[^']*'/, `message: '${message}'`);
      expect(changed).not.toBe(text);
      writeFileSync(path, changed);
    },
  };
}

test('deploy.sh starts the first release, reloads into the next, takes a broken one back, and rolls back', { timeout: 180_000 }, async () => {
  const { project, root, deploy, current, answer, serve, systemctlCalls } = await prepare();

  serve('first');
  const first = await deploy();
  expect(first).toMatchObject({ code: 0 });
  const firstRelease = current();
  expect(await answer()).toContain('first');
  expect(readdirSync(firstRelease).sort()).toEqual(['dist', 'node_modules', 'package.json', 'served']);
  expect(existsSync(join(root, 'etc/systemd/system/shop.service'))).toBe(true);
  expect(systemctlCalls()).toEqual(['systemctl daemon-reload', 'systemctl is-active --quiet shop', 'systemctl enable shop', 'systemctl restart shop']);

  serve('second');
  const second = await deploy();
  expect(second, second.said).toMatchObject({ code: 0 });
  const secondRelease = current();
  expect(secondRelease).not.toBe(firstRelease);
  expect(await answer()).toContain('second');
  expect(systemctlCalls().at(-1)).toBe('systemctl reload shop');

  const app = join(project, 'src/app/app.ts');
  const good = readFileSync(app, 'utf8');
  writeFileSync(app, `${good}\nthrow new Error('this release cannot start');\n`);
  const broken = await deploy();
  expect(broken.code).toBe(1);
  expect(broken.said).toContain('the reload was aborted');
  expect(current()).toBe(secondRelease);
  expect(await answer()).toContain('second');

  writeFileSync(app, good);
  serve('third');
  expect(await deploy()).toMatchObject({ code: 0 });
  expect(await answer()).toContain('third');
  // Not to the broken one, which was installed in between.
  const overBroken = await deploy('--rollback');
  expect(overBroken, overBroken.said).toMatchObject({ code: 0 });
  expect(current()).toBe(secondRelease);
  expect(await answer()).toContain('second');

  const back = await deploy('--rollback');
  expect(back, back.said).toMatchObject({ code: 0 });
  expect(current()).toBe(firstRelease);
  expect(await answer()).toContain('first');

  const further = await deploy('--rollback');
  expect(further.code).toBe(1);
  expect(further.said).toContain('there is no release before');
  expect(current()).toBe(firstRelease);
});
