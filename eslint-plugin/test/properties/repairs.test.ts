import { expect, test } from 'vitest';

import { faultOf, repairs } from './repairs.js';

test('every fix and every suggestion compiles, and its report is gone', () => {
  const all = [...repairs()];
  const faults = all.flatMap((repair) => {
    const fault = faultOf(repair);
    return fault === undefined ? [] : [`${repair.name} ${fault}\n${repair.after}`];
  });
  expect(faults).toEqual([]);
  // Else this has looked at nothing.
  expect(all.length).toBeGreaterThan(100);
}, 120_000);
