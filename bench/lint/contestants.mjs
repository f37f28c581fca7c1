// What is compared: each gives the plugins and rules that are run on top of parsing. A peer is loaded from where it was installed.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** Newest versions that run on Node.js 20, pinned so that figures can be compared. */
export const PEERS = ['typescript-eslint@8.72.0', 'typescript@6.0.3', 'eslint-plugin-n@17.24.0', 'eslint-plugin-sonarjs@3.0.7', 'eslint-plugin-unicorn@62.0.0', 'eslint@9.39.5'];

export const CONTESTANTS = ['parsing alone', 'hcnode, all rules', 'hcnode, recommended', 'typescript-eslint recommended', 'n recommended', 'sonarjs recommended', 'unicorn recommended'];

/**
 * @param {string} name one of CONTESTANTS
 * @param {string} folder where the peers are installed
 */
export async function configsOf(name, folder) {
  const load = async (packageName) => (await import(pathToFileURL(createRequire(`${folder}/x.js`).resolve(packageName)).href)).default;
  const own = async (config) => [(await import('../../eslint-plugin/dist/index.js')).configs[config]];
  switch (name) {
    case 'parsing alone': return [];
    case 'hcnode, all rules': return own('all');
    case 'hcnode, recommended': return own('recommended');
    // Its parser is left out: all parse with the same one, since rules are compared.
    case 'typescript-eslint recommended': return (await load('typescript-eslint')).configs.recommended.map(rulesOnly);
    case 'n recommended': return [(await load('eslint-plugin-n')).configs['flat/recommended']].map(rulesOnly);
    case 'sonarjs recommended': return [(await load('eslint-plugin-sonarjs')).configs.recommended].map(rulesOnly);
    case 'unicorn recommended': return [(await load('eslint-plugin-unicorn')).configs.recommended].map(rulesOnly).map(withoutThrowing);
    default: throw new Error(`no contestant is called ${name}`);
  }
}

function rulesOnly({ plugins = {}, rules = {} }) {
  return { plugins, rules };
}

/** A rule of the newest version that runs on Node.js 20 ends ESLint 10 with an exception on one of the files. */
function withoutThrowing({ plugins, rules }) {
  return { plugins, rules: { ...rules, 'unicorn/prefer-string-slice': 'off' } };
}
