import type { Rule, SourceCode } from 'eslint';

import type { KeptParameter } from '../model/handler-factories.js';
import { isTaken } from './free-name.js';

/** `(config) => … config.name` becomes `({ name }) => … name`. Undefined where a name is taken, or the parameter may be left out. */
export function destructureParameter({ parameter, owner, members, reads }: KeptParameter, sourceCode: SourceCode): Rule.ReportFixer | undefined {
  const { optional = false } = parameter as { readonly optional?: boolean };
  if (optional || members.some((member) => isTaken(member, owner, sourceCode))) return undefined;
  const [start] = parameter.range ?? [0];
  const pattern = `{ ${members.join(', ')} }`;
  const hasParentheses = ['(', ','].includes(sourceCode.getTokenBefore(parameter)?.value ?? '') && [')', ',', ':'].includes(sourceCode.getText().slice(start + parameter.name.length).trimStart().charAt(0));
  return (fixer) => [
    // Its annotation, which is part of it, stays.
    fixer.replaceTextRange([start, start + parameter.name.length], hasParentheses ? pattern : `(${pattern})`),
    ...reads.map((read) => fixer.replaceText(read, sourceCode.getText(read.property))),
  ];
}
