import { readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

import plugin from '../eslint-plugin/src/index.js';

const readme = fileURLToPath(new URL('../eslint-plugin/README.md', import.meta.url));
const SECTION = /(<!-- rules: .*? -->\n)[^]*(<!-- \/rules -->)/;

/** The README of the plugin with the table of rules as the rules say it. */
export function readmeWithRules(text: string): string {
  if (!SECTION.test(text)) throw new Error('The README of the plugin has lost the place of its table of rules');
  return text.replace(SECTION, (_, start: string, end: string) => `${start}${table()}${end}`);
}

function table(): string {
  const { recommended, strict } = plugin.configs;
  const rows = Object.entries(plugin.rules).map(([name, { meta }]) => {
    const severity = (rules: typeof recommended.rules): string => String([rules?.[`hcnode/${name}`] ?? ''].flat()[0]);
    const repair = [meta?.fixable === undefined ? '' : 'fix', meta?.hasSuggestions === true ? 'suggestion' : ''].filter((word) => word !== '').join(', ');
    return `| [${name}](src/rules/${name}.md) | ${meta?.docs?.description ?? ''} | ${severity(recommended.rules)} | ${severity(strict.rules)} | ${repair} |\n`;
  });
  return `\n| Rule | | recommended | strict | repairs |\n| --- | --- | --- | --- | --- |\n${rows.join('')}\n`;
}

if (argv[1] === fileURLToPath(import.meta.url)) writeFileSync(readme, readmeWithRules(readFileSync(readme, 'utf8')));
