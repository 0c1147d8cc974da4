import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ORDER_NUMBER_PATTERN } from '@comptoir/contracts';

import { orderNumber } from './order-number.ts';

const from = (bytes: number[]): string => orderNumber(() => Uint8Array.from(bytes));

test.each([
  [[0, 0, 0, 0, 0], 'AH-00000000'],
  [[255, 255, 255, 255, 255], 'AH-ZZZZZZZZ'],
  [[0, 68, 50, 20, 199], 'AH-01234567'],
])('bytes %j are %s', (bytes, number) => {
  expect(from(bytes)).toBe(number);
});

test('any bytes make a number, and other bytes another', () => {
  const five = fc.array(fc.nat(255), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(five, five, (one, two) => {
      expect(from(one)).toMatch(ORDER_NUMBER_PATTERN);
      expect(from(one) === from(two)).toBe(one.join() === two.join());
    }),
  );
});

test('a source that gives too few bytes is told', () => {
  expect(() => from([1, 2])).toThrow('2 bytes instead of 5');
});
