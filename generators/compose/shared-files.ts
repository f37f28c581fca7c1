import { existsSync, readFileSync } from 'node:fs';

import type { Built, EmittedPackage, Feature } from '../../templates/feature.js';
import emitted from '../../templates/package.json' with { type: 'json' };
import { inPackageManager } from '../../templates/package-manager.js';
import type { Project } from '../../templates/project.js';
import { accepted, type Settings } from '../../templates/service/files/src/read-settings.js';
import { packageRoot } from '../package-root.js';
import { render, type Values } from './render.js';
import { toYaml } from './yaml.js';

const versions: Record<EmittedPackage, string> = { ...emitted.dependencies, ...emitted.devDependencies };

/** The files that several features share. Each is written here, from what the chosen features contribute. */
export function sharedFiles(chosen: readonly Feature[], values: Values): [path: string, text: string][] {
  const { project, settings } = values;
  const hasDocker = project.deploy.includes('docker');
  return [
    ['package.json', packageJson(project, chosen)],
    ['.env.example', envExample(settings)],
    ['README.md', inPackageManager(readme(chosen, values), project.packageManager)],
    ['.gitignore', lines('node_modules/', 'dist/', 'diagnostics/', '.env', '*.log')],
    ['.gitattributes', lines('* text=auto eol=lf', '.hcnode/base.gz binary linguist-generated')],
    ['scripts/checks.json', `${JSON.stringify(chosen.flatMap((feature) => feature.checks ?? []), null, 2)}\n`],
    ...(hasDocker ? [composeYaml(project, chosen)] : []),
  ];
}

function packageJson(project: Project, chosen: readonly Feature[]): string {
  const manifest = {
    name: project.name,
    version: '0.1.0',
    private: true,
    type: 'module',
    engines: { node: emitted.engines.node },
    scripts: Object.fromEntries(
      chosen
        .flatMap((feature) => Object.entries(feature.scripts ?? {}))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, command]) => [name, inPackageManager(command, project.packageManager)]),
    ),
    dependencies: withVersions(chosen.flatMap((feature) => feature.dependencies ?? [])),
    devDependencies: withVersions(chosen.flatMap((feature) => feature.devDependencies ?? [])),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function withVersions(names: readonly EmittedPackage[]): Record<string, string> {
  return Object.fromEntries(names.toSorted().map((name) => [name, versions[name]]));
}

function envExample(settings: Settings): string {
  const intro = '# Every setting, with its default. In development the service reads a copy of this file named .env.\n';
  const entries = Object.entries(settings).map(
    ([name, setting]) => `# ${setting.about}\n# Accepts: ${accepted(setting)}\n# ${name}=${setting.default}\n`,
  );
  return [intro, ...entries].join('\n');
}

function composeYaml(project: Project, chosen: readonly Feature[]): [string, string] {
  const services = chosen.flatMap((feature) => Object.entries(feature.services?.(project) ?? {}));
  const blocks = services.map(([name, service]) => `  ${name}:\n${asText(service).replaceAll(/^(?=.)/gm, '    ')}`);
  return ['compose.yaml', `name: ${project.name}\n\nservices:\n${blocks.join('\n')}`];
}

const asText = (service: Built): string => (typeof service === 'string' ? service : toYaml(service));

function readme(chosen: readonly Feature[], values: Values): string {
  const intro = `# ${values.project.name}\n\nA clustered Node.js service. Made with create-hcnode; the code is yours.\n`;
  return [intro, ...chosen.flatMap((feature) => readmeSection(feature, values))].join('\n');
}

function readmeSection({ name }: Feature, values: Values): string[] {
  const section = new URL(`templates/${name}/readme.md`, packageRoot);
  return existsSync(section) ? [render(`${name}/readme.md`, readFileSync(section, 'utf8'), values)] : [];
}

const lines = (...texts: string[]): string => `${texts.join('\n')}\n`;
