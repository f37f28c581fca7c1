import { afterAll, beforeAll, expect, test } from 'vitest';

import { expectToWork, layDown } from '../compat/cell.js';
import { packPlugin, Project } from '../compat/project.js';

const ESLINTS = ['9.22.0', '9.39.5', '10.0.0', '10.15.0'];
const TYPESCRIPTS = ['5.4.5', '5.9.3', '6.0.3', '7.0.2'];

const packing = new Project();
let tarball: string;

beforeAll(async () => { tarball = await packPlugin(packing); });
afterAll(() => { packing.remove(); });

const cells = ESLINTS.flatMap((eslint) => TYPESCRIPTS.map((typescript) => ({ eslint, typescript })));

test.each(cells)('installs and works beside ESLint $eslint and TypeScript $typescript', async ({ eslint, typescript }) => {
  const project = new Project();
  try {
    layDown(project);
    const { exitCode, output } = await project.install([tarball, `eslint@${eslint}`, `typescript@${typescript}`]);
    expect(exitCode, output).toBe(0);
    // Old versions of ESLint have deprecated packages below them; what npm says about versions that do not fit is ours.
    expect(output).not.toMatch(/ERESOLVE|peer dep|EBADENGINE|hcnode.*(warn|deprecated)/i);
    await expectToWork(project);
  } finally {
    project.remove();
  }
});
