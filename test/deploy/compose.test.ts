import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

import { images } from '../../templates/images.js';
import type { Project } from '../../templates/project.js';
import { settings } from '../../templates/service/files/src/settings.js';
import { describeWith } from '../ops/harness/programs.js';
import { composeWith, fileOf, LONGEST_NAME, write } from './harness/project.js';
import { run } from './harness/run.js';

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: object;
  readonly network_mode?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly restart?: string;
  readonly stop_grace_period?: string;
}

// What we wrote ourselves; a wrong shape fails the test that reads it.
const services = (answers: Partial<Project> = {}): [string, Service][] =>
  Object.entries((parse(fileOf(answers, 'compose.yaml')) as { services: Record<string, Service> }).services);
const service = (answers: Partial<Project> = {}): Service => services(answers).find(([name]) => name === 'service')?.[1] ?? {};
const withoutDigits = (port: string): string => port.replace(/:[^:]*$/, '');

/** Programs that anybody may reach; all others are for this machine. */
const PUBLIC = new Set(['nginx']);

const selections: readonly Partial<Project>[] = [
  {},
  { name: LONGEST_NAME },
  { proxy: 'none' },
  { domain: 'shop.example' },
  { alerts: [] },
  { deploy: ['docker'], proxy: 'none', alerts: [] },
];

describeWith('docker-compose', 'docker-compose config', () => {
  const check = async (text: string) => {
    // Version 1.29, Debian's, does not know the name of a project yet.
    const folder = write([...composeWith(), ['compose.yaml', text.replace(/^name: .*\n/, '')]]);
    return run('docker-compose', ['--file', 'compose.yaml', 'config', '--quiet'], { folder });
  };

  test.each(selections)('accepts what is composed for %j', async (answers) => {
    expect(await check(fileOf(answers, 'compose.yaml'))).toMatchObject({ code: 0 });
  });

  test('finds a key that it does not know', async () => {
    const { code, said } = await check(fileOf({}, 'compose.yaml').replace('stop_grace_period:', 'stop_grace_perriod:'));
    expect(code).toBe(1);
    expect(said).toContain('stop_grace_perriod');
  });
});

describe.each(selections)('compose.yaml for %j', (answers) => {
  test('publishes to other machines what is public, and nothing else', () => {
    for (const [name, { ports = [] }] of services(answers)) {
      const isPublic = PUBLIC.has(name);
      const open = ports.filter((port) => !port.startsWith('127.0.0.1:'));
      if (name === 'service' && answers.proxy === 'none') expect(open).toEqual(['3000:3000']);
      else if (isPublic) expect(open).toEqual(ports);
      else expect(open, name).toEqual([]);
    }
  });

  test('no two services want the same port of the machine', () => {
    const wanted = services(answers).flatMap(([, { ports = [] }]) => ports.map(withoutDigits));
    expect(new Set(wanted).size).toBe(wanted.length);
  });

  test('every service is read-only, without rights, and comes back after a reboot', () => {
    for (const [name, each] of services(answers)) {
      expect(each, name).toMatchObject({ read_only: true, cap_drop: ['ALL'], restart: 'unless-stopped' });
      expect(each.security_opt, name).toContain('no-new-privileges:true');
    }
  });

  test('images are pinned, and mounted files are emitted', () => {
    const files = [...composeWith(answers).keys()];
    for (const [name, { image, build, volumes = [] }] of services(answers)) {
      if (name === 'service') expect(build).toBe('.');
      else expect(Object.values(images)).toContain(image);
      for (const volume of volumes.filter((each) => each.startsWith('./'))) {
        const [source = '', , mode] = volume.split(':');
        expect(mode, volume).toBe('ro');
        expect(files.some((path) => path === source.slice(2) || path.startsWith(`${source.slice(2)}/`)), volume).toBe(true);
      }
    }
  });

  test('services that others need are there', () => {
    const names = services(answers).map(([name]) => name);
    for (const [, { depends_on: needs = {}, network_mode: network = '' }] of services(answers)) {
      for (const name of Object.keys(needs)) expect(names).toContain(name);
      if (network.startsWith('service:')) expect(names).toContain(network.slice('service:'.length));
    }
  });
});

test('the service gets only settings that it reads, and more time to stop than a drain takes', () => {
  const { environment = {}, stop_grace_period: grace = '' } = service();
  for (const name of Object.keys(environment)) expect(Object.keys(settings)).toContain(name);
  expect(Number(/^(\d+)s$/.exec(grace)?.[1]) * 1000).toBeGreaterThan(settings.PRE_STOP_DELAY_MS.default + settings.SHUTDOWN_TIMEOUT_MS.default + 2000);
});

test('clients are told by a proxy only where there is one', () => {
  expect(service().environment).toHaveProperty('TRUST_PROXY', '1');
  expect(service({ proxy: 'none' }).environment).not.toHaveProperty('TRUST_PROXY');
});

test('an own port is the same in the image, in compose.yaml and for nginx', () => {
  const own = { port: 8123, adminPort: 8124 };
  expect(service({ ...own, proxy: 'none' }).ports).toEqual(['8123:8123', '127.0.0.1:8124:8124']);
  expect(fileOf(own, 'ops/nginx/upstream.compose.conf')).toContain('server service:8123 ');
  expect(fileOf(own, 'ops/prometheus/targets.compose.yml')).toContain('service:8124');
});
