import { describe, expect, test } from 'vitest';

import { startSpoken, startStripeMock, stripeMockMissing } from './stripe-mock.ts';

const missing = stripeMockMissing();
describe.skipIf(missing !== null)(`stripe-mock${missing === null ? '' : ` (${missing})`}`, () => {
  test("several at once do not take each other's ports", async () => {
    const mocks = await Promise.all([startStripeMock(), startStripeMock(), startStripeMock()]);
    try {
      const answers = await Promise.all(
        mocks.map(({ url }) =>
          fetch(`${url}/v1/refunds`, { headers: { authorization: 'Bearer sk_test_0123456789' } }),
        ),
      );
      expect([
        new Set(mocks.map(({ url }) => url)).size,
        answers.map(({ status }) => status),
      ]).toEqual([3, [200, 200, 200]]);
    } finally {
      await Promise.all(mocks.map((mock) => mock.stop()));
    }
  }, 300_000);
});

test('a server that ends before it listens is no mystery: its last words are told', async () => {
  await expect(
    startSpoken(process.execPath, ['-e', 'console.error("no specification"); process.exit(3)']),
  ).rejects.toThrow(/ended \(3\).*no specification/s);
});
