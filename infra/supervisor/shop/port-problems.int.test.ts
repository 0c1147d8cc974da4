import { expect, test } from 'vitest';
import { loadEnv } from '@comptoir/env';

import { portProblems } from './port-problems.ts';

test.each([
  [{ API_PORT: '3000' }, 'STOREFRONT_PORT and API_PORT are both 3000'],
  [{ METRICS_PORT: '4000' }, 'API_PORT and METRICS_PORT are both 4000'],
  [{ STOREFRONT_METRICS_PORT: '9464' }, 'METRICS_PORT and STOREFRONT_METRICS_PORT are both 9464'],
])('%o is one sentence with both names', async (env, said) => {
  const problems = await portProblems(loadEnv('supervisor', env));
  expect(problems).toEqual([
    expect.stringMatching(new RegExp(`^${said}: give one of them another port`)),
  ]);
});
