import { RuleTester } from '@typescript-eslint/rule-tester';
import { RuleTester as CoreRuleTester } from 'eslint';
import { afterAll, describe, it } from 'vitest';

RuleTester.afterAll = afterAll;
for (const tester of [RuleTester, CoreRuleTester]) {
  tester.describe = describe;
  tester.it = it;
  tester.itOnly = it.only;
}
