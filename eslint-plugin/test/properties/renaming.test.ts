import { TSESLint } from '@typescript-eslint/utils';
import { describe, expect, test } from 'vitest';

import { renamed } from './rename.js';
import { reportedLines, samples } from './samples.js';

/** Parameters that nobody in the file fills: only their names tell what they are. */
const NAMES_THAT_TELL: readonly { readonly names: RegExp; readonly because: string }[] = [
  { names: /^_?(req|request|res|response|reply)$/, because: 'a function (req, res) is a handler that another file registers' },
  { names: /^(app|router|server|fastify|instance)$/, because: 'a file of routes is given its router' },
  { names: /^_?(event|evt|e)$/, because: 'an exported handler(event) is one of Lambda, other things are called handler too' },
  { names: /^(worker|child|proc)$/, because: 'no-unthrottled-respawn: what may die' },
  { names: /^pid$|[a-z]Pid$/, because: 'no-worker-lookup-by-pid: what a number is' },
];

const tells = ({ name, defs }: TSESLint.Scope.Variable): boolean => defs[0]?.type === TSESLint.Scope.DefinitionType.Parameter && NAMES_THAT_TELL.some(({ names }) => names.test(name));

describe('other names for what a file declares change no report', () => {
  test.each(samples)('$name', ({ code }) => {
    const names = new Map<unknown, string>();
    const other = renamed(code, (variable) => {
      if (tells(variable)) return undefined;
      // A class is two variables: one around it and one inside.
      const [declared] = variable.identifiers;
      const name = names.get(declared) ?? `${/^[A-Z]/.test(variable.name) ? 'Name' : 'name'}${names.size + 1}`;
      names.set(declared, name);
      return name;
    });
    expect(reportedLines(other), other).toEqual(reportedLines(code));
  });
});
