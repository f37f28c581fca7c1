import type { Ejected } from '../upgrade/eject.js';
import type { Explained } from '../upgrade/explain.js';
import type { Undone } from '../upgrade/undo.js';
import { exitCodes } from './stop.js';
import { bold } from './styles.js';

interface Channel {
  readonly isJson: boolean;
}

export function reportUndone(undone: Undone, channel: Channel): number {
  const { target, from, to, files, kept } = undone;
  return print(undone, [bold(`${target}: undone (${from} -> ${to})`), ...files.map((path) => `  ${path}`), ...kept.map((path) => `  left as you have it: ${path}`)], channel);
}

export function reportEjected(ejected: Ejected, channel: Channel): number {
  const lines = [...ejected.ejected.map((path) => `${path} is yours alone now: no upgrade touches it`), ...ejected.already.map((path) => `${path} was yours alone before`)];
  return print(ejected, lines, channel);
}

export function reportExplained(explained: Explained, channel: Channel): number {
  const { path, owner, meaning, id, version, state, unsettled, next, edits } = explained;
  const rows = [
    ['owner', `${owner}: ${meaning}`],
    ['template', id],
    ['written by', version === null ? 'a version that is not known' : `create-hcnode ${version}`],
    ['on the disk', `${state}${unsettled ? '; a conflict of an earlier upgrade is to be settled' : ''}`],
    ['an upgrade', next === 'nothing' ? 'with this version changes nothing here' : next],
  ];
  return print(explained, [bold(path), ...rows.map(([name = '', text = '']) => `  ${name.padEnd(12)} ${text}`), ...(edits.length > 0 ? ['', ...edits] : [])], channel);
}

/** For a person on standard output, or as JSON there and for a person on standard error. */
function print(result: object, lines: readonly string[], { isJson }: Channel): number {
  if (isJson) process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  (isJson ? process.stderr : process.stdout).write(`${lines.join('\n')}\n`);
  return exitCodes.done;
}
