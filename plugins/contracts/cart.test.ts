import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  addToCart,
  type Cart,
  cartFromCookie,
  cartSchema,
  cartToCookie,
  countPieces,
  MAX_CART_LINES,
  MAX_QUANTITY,
  mergeLines,
  setQuantity,
} from './cart.ts';
import { SKU_PATTERN } from './identity.ts';

const bowl = { sku: 'ah-001', quantity: 2 };
const cup = { sku: 'ah-002-blanc', quantity: 1 };
const skus = (count: number): string[] => Array.from({ length: count }, (_, i) => `ah-${100 + i}`);

const line = fc.record({
  sku: fc.stringMatching(SKU_PATTERN),
  quantity: fc.integer({ min: 1, max: MAX_QUANTITY }),
});
const cart: fc.Arbitrary<Cart> = fc
  .uniqueArray(line, { selector: ({ sku }) => sku, maxLength: MAX_CART_LINES })
  .map((lines) => ({ lines }));

test.each<[string, string | null | undefined, [string, number][]]>([
  [
    'two lines',
    'ah-001*2.ah-002*1',
    [
      ['ah-001', 2],
      ['ah-002', 1],
    ],
  ],
  ['nothing', '', []],
  ['no cookie', undefined, []],
  ['no value', null, []],
  ['too many pieces', 'ah-001*100', [['ah-001', 99]]],
  ['more than a number holds', `ah-001*${'9'.repeat(400)}`, [['ah-001', 99]]],
  ['a leading zero', 'ah-001*007', [['ah-001', 7]]],
  ['no piece', 'ah-001*0.ah-002*3', [['ah-002', 3]]],
  ['less than none', 'ah-001*-1', []],
  ['a fraction', 'ah-001*1.5', [['ah-001', 1]]],
  ['words', 'ah-001*two.ah-002', []],
  ['one star too many', 'ah-001*2*3.ah-002*1', [['ah-002', 1]]],
  ['another alphabet', 'AH-001*1.<script>*1.__proto__*1', []],
  [
    'a line twice',
    'ah-001*2.ah-002*1.ah-001*98',
    [
      ['ah-001', 99],
      ['ah-002', 1],
    ],
  ],
  [
    'too many lines',
    skus(60)
      .map((sku) => `${sku}*1`)
      .join('.'),
    skus(50).map((sku) => [sku, 1]),
  ],
])('a cookie with %s', (_, value, expected) => {
  expect(cartFromCookie(value)).toEqual({
    lines: expected.map(([sku, quantity]) => ({ sku, quantity })),
  });
});

test('a cart comes back from its cookie as it went', () => {
  fc.assert(
    fc.property(cart, (kept) => {
      expect(cartFromCookie(cartToCookie(kept))).toEqual(kept);
    }),
  );
});

test('any text is a cart within the limits, and a full one fits a cookie', () => {
  const pieces = fc
    .array(fc.constantFrom('ah-001', 'b2', '*', '.', '1', '99', '-', '%2A', ';', 'é', '\0'), {
      maxLength: 400,
    })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(fc.string(), pieces), (text) => {
      const read = cartFromCookie(text);
      expect(read.lines.length === 0 || cartSchema.safeParse(read).success).toBe(true);
      expect(cartFromCookie(cartToCookie(read))).toEqual(read);
    }),
  );
  const longest = { lines: skus(50).map((sku) => ({ sku: sku.padEnd(60, 'x'), quantity: 99 })) };
  expect(cartSchema.parse(longest)).toEqual(longest);
  expect(cartToCookie(longest).length).toBeLessThan(4000);
});

test.each<[string, unknown, string]>([
  ['empty', [], 'the cart is empty'],
  ['with a line twice', [bowl, bowl], 'one line per sku'],
  ['with a fraction', [{ sku: 'ah-001', quantity: 1.5 }], 'a whole number'],
  ['with no piece', [{ sku: 'ah-001', quantity: 0 }], 'at least 1'],
  ['with too many pieces', [{ sku: 'ah-001', quantity: 100 }], 'at most 99'],
  ['with too many lines', skus(51).map((sku) => ({ sku, quantity: 1 })), 'at most 50 lines'],
])('a cart %s is refused', (_, lines, message) => {
  expect(cartSchema.safeParse({ lines }).error?.issues[0]?.message).toContain(message);
});

test('pieces are added, set, removed and counted', () => {
  const both = addToCart(addToCart({ lines: [] }, bowl), cup);
  expect(both.lines).toEqual([bowl, cup]);
  expect(addToCart(both, { sku: bowl.sku, quantity: 98 }).lines).toEqual([
    { ...bowl, quantity: 99 },
    cup,
  ]);
  expect(setQuantity(both, bowl.sku, 5).lines).toEqual([{ ...bowl, quantity: 5 }, cup]);
  expect(setQuantity(both, bowl.sku, 0).lines).toEqual([cup]);
  expect(setQuantity(both, 'ah-003', 1).lines).toEqual([bowl, cup, { sku: 'ah-003', quantity: 1 }]);
  expect(countPieces(both)).toBe(3);
  expect(
    mergeLines([
      { ...bowl, quantity: Number.NaN },
      { ...cup, quantity: 2.9 },
    ]),
  ).toEqual([{ ...cup, quantity: 2 }]);
});
