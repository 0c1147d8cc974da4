import fc from 'fast-check';
import { expect, test } from 'vitest';

import { tokenBuckets } from './token-bucket.ts';

const at = (seconds: number): Date => new Date(seconds * 1000);

test('a burst, then one at a time', () => {
  const buckets = tokenBuckets({ burst: 3, seconds: 10 });

  expect([0, 0, 0, 0, 4].map((second) => buckets.take('a', at(second)))).toEqual([0, 0, 0, 10, 6]);
  expect(buckets.take('b', at(4))).toBe(0);
  expect([buckets.take('a', at(10)), buckets.take('a', at(10))]).toEqual([0, 10]);
  expect([
    buckets.take('a', at(1000)),
    buckets.take('a', at(1000)),
    buckets.take('a', at(1000)),
    buckets.take('a', at(1000)),
  ]).toEqual([0, 0, 0, 10]);
});

test('clients are forgotten when their bucket is full, or in a crowd', () => {
  const buckets = tokenBuckets({ burst: 1, seconds: 10 }, 3);
  for (const client of ['a', 'b', 'c', 'd', 'e']) buckets.take(client, at(0));

  expect(buckets.size).toBe(3);

  buckets.take('f', at(60));

  expect(buckets.size).toBe(1);
});

test('no clock and no pattern of calls lets more through than burst + time / seconds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 9 }),
      fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 80 }),
      (burst, seconds, waits) => {
        const buckets = tokenBuckets({ burst, seconds });
        let now = 0;
        const passed = waits.filter((wait) => buckets.take('a', at((now += wait))) === 0).length;
        expect(passed).toBeLessThanOrEqual(burst + Math.floor(now / seconds));
      },
    ),
  );
});
