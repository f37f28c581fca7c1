import { questionKeys, questionOf, type Question } from '../answers/questions.js';
import { switchNames, switchOf } from './switches.js';

/** The text of --help, made from the tables of questions and switches. */
export function helpText(): string {
  return [
    'Creates a production-ready clustered Node.js service in TypeScript, with the operations around it.',
    '',
    'Usage: npm create hcnode@latest [FOLDER] [-- FLAGS]',
    '       npx create-hcnode [FOLDER] [FLAGS]',
    '',
    'In the folder of a service:',
    row('add route|task NAME', 'write a route or a task of the thread pool, with its test, wired in'),
    row('add FEATURE', 'docker, systemd, kubernetes, nginx, email, slack, dingtalk or webhook: an upgrade with that answer'),
    row('upgrade [FOLDER] [FLAGS]', 'bring it to this version, keeping your edits; flags change answers, --no-proxy takes out'),
    row('undo [FOLDER]', 'bring back what was there before the last upgrade'),
    row('eject PATH...', 'make files yours alone: no upgrade touches them again'),
    row('explain PATH', 'whose a file is, what you changed, what an upgrade would do'),
    '',
    'What the service will be (what is not given is asked for on a terminal, and takes its default elsewhere):',
    ...questionKeys.map((key) => row(`--${questionOf(key).flag} ${valuesOf(questionOf(key))}`, aboutQuestion(questionOf(key)))),
    '',
    'How this run goes:',
    ...switchNames.map((name) => row(spelled(name), switchOf(name).about)),
    '',
    'Examples:',
    '  npm create hcnode@latest my-service',
    '  npm create hcnode@latest my-service -- --yes --domain api.example.org --alerts email,slack',
    '  npx create-hcnode my-service --answers answers.json --dry-run',
    '  npx create-hcnode upgrade --dry-run',
    '  npx create-hcnode upgrade --deploy kubernetes --no-alerts',
    '',
    'Exit codes: 0 done, 1 failed, 2 wrong usage or answers, 3 conflicts to settle, 4 --check found drift, 5 refused, 130 interrupted.',
    '',
  ].join('\n');
}

const row = (left: string, right: string): string => (left.length > 34 ? `  ${left}\n${' '.repeat(38)}${right}` : `  ${left.padEnd(36)}${right}`);

function spelled(name: (typeof switchNames)[number]): string {
  const { short, value, negatable } = switchOf(name);
  const long = negatable === true ? `--${name}, --no-${name}` : `--${name}`;
  return `${short === undefined ? '' : `-${short}, `}${long}${value === undefined ? '' : ` ${value}`}`;
}

function valuesOf(question: Question): string {
  switch (question.kind) {
    case 'text':
      return 'TEXT';
    case 'choice':
      return question.choices.join('|');
    case 'subset':
      return question.choices.join(',');
    case 'integer':
      return 'N';
    case 'integer-or-auto':
      return 'auto|N';
  }
}

function aboutQuestion(question: Question): string {
  if (question.default === undefined) return question.about;
  return `${question.about} (default: ${typeof question.default === 'object' ? question.default.join(',') : question.default})`;
}
