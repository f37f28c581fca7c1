import { expect, test } from 'vitest';
import { parse } from 'yaml';

import { toYaml } from './yaml.js';

const values = {
  words: ['plain', 'two words', 'it’s', '', ' lead', 'trail ', 'null', 'Yes', 'on', 'n', '~', '=', '-', '- a', '*x', '&x', '!x', '%x', '@x', '`x', '{x}', '[x]', '#x', '|', '>'],
  numbers: ['1', '1e3', '0x1f', '0o7', '1_000', '.5', '-1', '+1', '12e', '1.5', '3000:3000', '2026-01-01', '190:20:30', '30s', '5m', '10MB', 'inf', '.inf', 'NaN'],
  colons: ['a: b', 'a:', ':a', 'a:b', 'a #b', '#b', 'a#b', 'http://127.0.0.1:9464/metrics'],
  lines: ['a\nb\n', 'a\nb', 'a\n\nb\n\n\n', 'a\n  b', '  a\nb', '\na', 'a\n', '\n', 'a\tb\nc', 'a\r\nb', 'a \nb', '# a\nb'],
  letters: ['é', '\u2028', '\u0000', '\t', '\u007f', '😀', '\ufeff'],
  expression: 'sum(rate(http_requests_total{status=~"5.."}[5m])) > 0.5',
  others: [1, -1.5, true, false, null, [], {}, [[]], [[1, 2], ['x', ['y']]], [{ a: 1, b: { c: [1] } }, {}]],
  on: { '3000:3000': 1, 'a b': { 'c: d': [] }, '': 2, y: { '~': null } },
};

test.each(['1.1', '1.2'] as const)('YAML %s reads back what was written', (version) => {
  expect(parse(toYaml(values), { version })).toEqual(values);
});

test('leaves quotes out where it can', () => {
  expect(toYaml({ alert: 'Down', for: '5m', labels: { severity: 'page' }, expr: values.expression, steps: [{ run: 'a\nb\n', with: {} }] })).toBe(
    ['alert: Down', 'for: 5m', 'labels:', '  severity: page', `expr: ${values.expression}`, 'steps:', '  - run: |', '      a', '      b', '    with: {}', ''].join('\n'),
  );
});
