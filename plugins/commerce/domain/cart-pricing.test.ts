import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteSchema } from '@comptoir/contracts';

import {
  type PricedLine,
  type Promotion,
  type Quote,
  quote,
  type ShippingRate,
} from './cart-pricing.ts';
import { cents } from './cents.ts';
import { quoteToWire } from './quote-wire.ts';

const now = new Date('2026-11-25T12:00:00Z');
const line = (
  sku: string,
  unitPrice: number,
  quantity: number,
  more: Partial<PricedLine> = {},
): PricedLine => ({
  sku,
  reference: sku,
  slug: sku,
  name: sku,
  label: '',
  unitPrice: cents(unitPrice),
  vatRate: 2000,
  weight: 300,
  quantity,
  available: 99,
  known: true,
  ...more,
});
const rate = (country: string, price: number, more: Partial<ShippingRate> = {}): ShippingRate => ({
  country,
  method: 'standard',
  name: '',
  price: cents(price),
  freeFrom: null,
  maxWeight: null,
  minDays: 2,
  maxDays: 4,
  ...more,
});
const code = (
  kind: Promotion['kind'],
  value: number,
  more: Partial<Promotion> = {},
): Promotion => ({
  code: 'NOEL',
  kind,
  value,
  startsAt: null,
  endsAt: null,
  minimum: cents(0),
  usesLeft: null,
  ...more,
});
const rates = [
  rate('FR', 590, { freeFrom: cents(8000), maxWeight: 1000 }),
  rate('FR', 990),
  rate('BE', 1190, { maxWeight: 2000 }),
];
const ways = [
  rate('FR', 490, { freeFrom: cents(8000) }),
  rate('FR', 1490, { method: 'express', name: 'Express', maxWeight: 2000, minDays: 1, maxDays: 1 }),
  rate('BE', 790),
];
const ask = (
  lines: readonly PricedLine[],
  found: Promotion | null | undefined = undefined,
  more: Partial<Parameters<typeof quote>[0]> = {},
): Quote =>
  quote({
    lines,
    country: 'FR',
    delivery: null,
    rates,
    promotion: found === undefined ? null : { asked: 'NOEL', found },
    now,
    open: true,
    ...more,
  });

const priced: fc.Arbitrary<PricedLine> = fc
  .record({
    n: fc.nat(200),
    unitPrice: fc.nat(200_000),
    quantity: fc.integer({ min: 1, max: 99 }),
    vatRate: fc.constantFrom(2000, 1000, 550, 210, 0),
    weight: fc.nat(5000),
    available: fc.nat(120),
    known: fc.boolean(),
  })
  .map(({ n, unitPrice, quantity, ...more }) => line(`ah-${n}`, unitPrice, quantity, more));
const promotion: fc.Arbitrary<Promotion | null | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc.nat(10_000).map((value) => code('percentage', value)),
  fc.nat(500_000).map((value) => code('amount', value, { minimum: cents(Math.floor(value / 2)) })),
  fc.constant(code('free_shipping', 0)),
);
const lines = fc.uniqueArray(priced, { selector: ({ sku }) => sku, maxLength: 12 });
const cart = fc.record({ lines, promotion, carriage: fc.nat(3000) });
const quoted = ({
  lines: asked,
  promotion: found,
  carriage,
}: {
  lines: PricedLine[];
  promotion: Promotion | null | undefined;
  carriage: number;
}): Quote => ask(asked, found, { rates: [rate('FR', carriage, { freeFrom: cents(100_000) })] });
const total = (amounts: readonly number[]): number => amounts.reduce((a, b) => a + b, 0);

test('the identities of a quote hold to the cent', () => {
  fc.assert(
    fc.property(cart, (input) => {
      const { lines: priceds, subtotal, discount, shipping, vat, total: due } = quoted(input);
      const carriage = shipping?.price ?? 0;
      expect(total(priceds.map((l) => l.unitPrice * l.quantity))).toBe(subtotal);
      expect(subtotal - discount + carriage).toBe(due);
      expect(total(priceds.map((l) => l.total)) + carriage).toBe(due);
      expect(total(priceds.map((l) => l.discount))).toBe(discount);
      expect(
        priceds.every(
          (l) =>
            l.total === l.unitPrice * l.quantity - l.discount && l.total >= 0 && l.discount >= 0,
        ),
      ).toBe(true);
      expect(total(vat.map(({ gross }) => gross))).toBe(due);
      expect(vat.every(({ net, vat: tax, gross }) => net + tax === gross && tax >= 0)).toBe(true);
      expect(discount).toBeLessThanOrEqual(subtotal);
    }),
    { numRuns: 500 },
  );
});

test('every quote fits the wire', () => {
  fc.assert(
    fc.property(cart, (input) => {
      const wire = quoteToWire(quoted(input));
      expect(quoteSchema.parse(wire)).toEqual(wire);
      // Without the currencies it is the same quote again.
      const bare: unknown = JSON.parse(JSON.stringify(wire), (_, value: unknown) =>
        value !== null && typeof value === 'object' && 'currency' in value && 'amount' in value
          ? value.amount
          : value,
      );
      expect(bare).toEqual(quoted(input));
    }),
  );
});

test('the order of lines changes no amount', () => {
  const shuffled = cart.chain((input) =>
    fc.tuple(
      fc.constant(input),
      fc.shuffledSubarray(input.lines, { minLength: input.lines.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([input, other]) => {
      const by = (a: { sku: string }, b: { sku: string }): number => a.sku.localeCompare(b.sku);
      const [one, two] = [quoted(input), quoted({ ...input, lines: other })];
      expect({ ...two, lines: [...two.lines].sort(by) }).toEqual({
        ...one,
        lines: [...one.lines].sort(by),
      });
    }),
  );
});

test('an odd cent goes to the same piece wherever it stands', () => {
  const [a, b] = [line('a', 100, 1), line('b', 100, 1, { vatRate: 550 })];
  const split = (asked: readonly PricedLine[]): Record<string, number> =>
    Object.fromEntries(
      ask(asked, code('amount', 1)).lines.map(({ sku, discount }) => [sku, discount]),
    );

  expect([split([a, b]), split([b, a])]).toEqual([
    { a: 1, b: 0 },
    { a: 1, b: 0 },
  ]);
});

test('a higher percentage, or more goods, never takes off less', () => {
  const ordered = fc
    .tuple(fc.nat(10_000), fc.nat(10_000))
    .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  fc.assert(
    fc.property(lines, priced, ordered, (some, extra, [less, more]) => {
      const off = (value: number, of: PricedLine[]): number =>
        ask(of, code('percentage', value)).discount;
      expect(off(less, some)).toBeLessThanOrEqual(off(more, some));
      expect(off(less, some)).toBeLessThanOrEqual(
        off(less, [...some, { ...extra, sku: 'ah-extra' }]),
      );
    }),
  );
});

test.each<[string, Quote, object]>([
  [
    'one piece',
    ask([line('a', 2800, 1)]),
    {
      subtotal: 2800,
      discount: 0,
      shipping: { price: 590, free: false, minDays: 2, maxDays: 4 },
      total: 3390,
      vat: [{ rate: 2000, net: 2825, vat: 565, gross: 3390 }],
    },
  ],
  [
    'a heavy parcel',
    ask([line('a', 2800, 2, { weight: 501 })]),
    {
      shipping: { price: 990 },
      total: 6590,
      countries: [
        { code: 'FR', price: 990 },
        { code: 'BE', price: 1190 },
      ],
    },
  ],
  [
    'a way of sending that was chosen',
    ask([line('a', 2800, 1)], undefined, { rates: ways, delivery: 'express' }),
    {
      shipping: { method: 'express', name: 'Express', price: 1490, free: false, minDays: 1 },
      total: 4290,
      deliveries: [
        { method: 'standard', price: 490, freeFrom: 8000 },
        { method: 'express', price: 1490, freeFrom: null },
      ],
    },
  ],
  [
    'none chosen: the first of the settings',
    ask([line('a', 2800, 1)], undefined, { rates: ways }),
    { shipping: { method: 'standard', price: 490 } },
  ],
  [
    'one that does not go there',
    ask([line('a', 2800, 1)], undefined, { rates: ways, delivery: 'express', country: 'BE' }),
    { shipping: { method: 'standard', price: 790 }, deliveries: [{ method: 'standard' }] },
  ],
  [
    'one that does not take the weight',
    ask([line('a', 2800, 1, { weight: 2001 })], undefined, { rates: ways, delivery: 'express' }),
    { shipping: { method: 'standard' } },
  ],
  [
    'each way with its own threshold',
    ask([line('a', 2800, 3)], undefined, { rates: ways, delivery: 'express' }),
    {
      shipping: { price: 1490, free: false },
      deliveries: [
        { price: 0, free: true },
        { price: 1490, free: false },
      ],
    },
  ],
  [
    'free delivery by code, whichever way',
    ask([line('a', 2800, 1)], code('free_shipping', 0), { rates: ways, delivery: 'express' }),
    { shipping: { method: 'express', price: 0, free: true }, total: 2800 },
  ],
  ['exactly the limit', ask([line('a', 2800, 2, { weight: 500 })]), { shipping: { price: 590 } }],
  [
    'the threshold, less a discount',
    ask([line('a', 8000, 1)], code('amount', 1)),
    { discount: 1, shipping: { price: 590, free: false } },
  ],
  ['the threshold', ask([line('a', 8000, 1)]), { shipping: { price: 0, free: true }, total: 8000 }],
  [
    'free delivery by code',
    ask([line('a', 2800, 1)], code('free_shipping', 0)),
    {
      discount: 0,
      shipping: { price: 0, free: true },
      promotion: { code: 'NOEL', kind: 'free_shipping', discount: 0 },
      total: 2800,
    },
  ],
  [
    'a tenth off',
    ask([line('a', 2805, 1)], code('percentage', 1000)),
    { discount: 281, promotion: { discount: 281 } },
  ],
  [
    'two rates',
    ask([line('a', 2000, 1), line('b', 1000, 1, { vatRate: 550 })]),
    {
      vat: [
        { rate: 550, gross: 1197, net: 1135, vat: 62 },
        { rate: 2000, gross: 2393, net: 1994, vat: 399 },
      ],
    },
  ],
  [
    'everything off, delivery due',
    ask([line('a', 2000, 1), line('b', 1000, 1, { vatRate: 550 })], code('amount', 9999)),
    {
      discount: 3000,
      total: 590,
      vat: [
        { rate: 550, gross: 0 },
        { rate: 2000, gross: 590 },
      ],
    },
  ],
  [
    'a piece that is gone',
    ask([line('a', 2800, 1), line('b', 900, 2, { known: false })]),
    {
      subtotal: 2800,
      orderable: false,
      reasons: ['gone'],
      lines: [{ state: 'ok' }, { state: 'gone', unitPrice: 0, total: 0, available: 0 }],
    },
  ],
  [
    'nothing left',
    ask([line('b', 900, 2, { known: false })]),
    { total: 0, shipping: null, vat: [], reasons: ['gone'] },
  ],
  [
    'too few pieces',
    ask([line('a', 2800, 3, { available: 2 })]),
    {
      subtotal: 8400,
      orderable: false,
      reasons: ['short'],
      lines: [{ state: 'short', available: 2 }],
    },
  ],
  [
    'plenty of pieces',
    ask([line('a', 2800, 3)]),
    { orderable: true, reasons: [], lines: [{ state: 'ok', available: 3 }] },
  ],
  [
    'no delivery there',
    ask([line('a', 2800, 1)], undefined, { country: 'US' }),
    { shipping: null, total: 2800, reasons: ['no-shipping'] },
  ],
  [
    'too heavy to go',
    ask([line('a', 2800, 1, { weight: 2001 })], undefined, { country: 'BE' }),
    { shipping: null, reasons: ['no-shipping'], countries: [{ code: 'FR', price: 990 }] },
  ],
  [
    'a closed shop',
    ask([line('a', 2800, 1)], undefined, { open: false }),
    { open: false, orderable: false, reasons: ['closed'], total: 3390 },
  ],
  [
    'as many pieces as an order may have',
    ask([line('a', 2800, 60), line('b', 900, 60)]),
    { orderable: true, reasons: [] },
  ],
  [
    'one piece too many',
    ask([line('a', 2800, 60), line('b', 900, 61)]),
    { orderable: false, reasons: ['too-many-pieces'] },
  ],
  [
    'pieces that are gone fill no order',
    ask([line('a', 2800, 60), line('b', 900, 99, { known: false })]),
    { reasons: ['gone'] },
  ],
  ['an empty cart', ask([]), { total: 0, reasons: ['empty'] }],
])('%s', (_, got, expected) => {
  expect(got).toMatchObject(expected);
});

test.each([
  [0, []],
  [1, ['below-minimum']],
  [49, ['below-minimum']],
  [50, []],
] as const)('a total of %i cents has the obstacles %j', (due, reasons) => {
  const {
    total: asked,
    orderable,
    reasons: told,
  } = ask([line('a', 2800, 1)], code('amount', 2800 - due), { rates: [rate('FR', 0)] });
  expect([asked, orderable, told]).toEqual([due, reasons.length === 0, reasons]);
});

test('an amount too small to be paid is no obstacle of its own where nothing is delivered', () => {
  expect(ask([line('a', 30, 1)], undefined, { country: 'US' }).reasons).toEqual(['no-shipping']);
});

test.each<[string, Promotion | null, Quote['promotionProblem']]>([
  ['nobody made', null, 'unknown'],
  [
    'of tomorrow',
    code('amount', 100, { startsAt: new Date('2026-11-25T12:00:01Z') }),
    'not-started',
  ],
  ['of this second', code('amount', 100, { startsAt: now }), null],
  ['that ends now', code('amount', 100, { endsAt: now }), 'ended'],
  ['that ends soon', code('amount', 100, { endsAt: new Date('2026-11-25T12:00:01Z') }), null],
  ['all used', code('amount', 100, { usesLeft: 0 }), 'used-up'],
  ['used but once', code('amount', 100, { usesLeft: 1 }), null],
  ['for more goods', code('amount', 100, { minimum: cents(2801) }), 'minimum'],
  ['for these goods', code('amount', 100, { minimum: cents(2800) }), null],
])('a code %s', (_, found, problem) => {
  const {
    promotionProblem,
    promotionMinimum,
    promotion: applied,
    discount,
    orderable,
  } = ask([line('a', 2800, 1)], found);

  expect(promotionMinimum).toBe(problem === 'minimum' ? 2801 : null);
  expect({ promotionProblem, applied: applied !== null, discount, orderable }).toEqual({
    promotionProblem: problem,
    applied: problem === null,
    discount: problem === null ? 100 : 0,
    orderable: true,
  });
});
