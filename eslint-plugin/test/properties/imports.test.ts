import { describe, expect, test } from 'vitest';

import { importForms } from './import-forms.js';
import { reportedLines, samples } from './samples.js';

const imports = samples.filter(({ code }) => /\bimport\b|\brequire\(/.test(code));

describe.each(Object.entries(importForms))('%s changes no report', (_form, rewritten) => {
  test.each(imports)('$name', ({ code }) => {
    const other = rewritten(code);
    if (other !== code) expect(reportedLines(other), other).toEqual(reportedLines(code));
  });
});
