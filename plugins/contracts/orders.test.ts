import { expect, test } from 'vitest';

import { failure } from './failure.ts';
import {
  ORDER_NUMBER_PATTERN,
  orderConflictSchema,
  orderLinkRequestSchema,
  orderPlacedSchema,
  orderRequestSchema,
} from './orders.ts';
import { apiPaths } from './paths.ts';
import { quoteRequestSchema } from './quote.ts';

const cart = { lines: [{ sku: 'ah-001', quantity: 2 }] };
const request = {
  cart,
  country: 'FR',
  email: ' lea@exemple.fr ',
  locale: 'fr',
  expectedTotal: 6100,
  idempotencyKey: 'k'.repeat(16),
  termsAccepted: true,
  previous: { number: 'AH-7K3M9QXT', token: 'abc' },
};

test('an order request is read, with its address trimmed', () => {
  expect(orderRequestSchema.parse(request)).toEqual({ ...request, email: 'lea@exemple.fr' });
});

test.each<[string, unknown]>([
  ['cart', { lines: [] }],
  ['country', 'France'],
  ['email', 'lea@'],
  ['email', undefined],
  ['email', `${'x'.repeat(250)}@exemple.fr`],
  ['locale', 'de'],
  ['promotionCode', 'X'.repeat(41)],
  ['promotionCode', 'A\u0000B'],
  ['promotionCode', 'A\ud800'],
  ['expectedTotal', -1],
  ['expectedTotal', 12.5],
  ['idempotencyKey', 'short'],
  ['idempotencyKey', `${'k'.repeat(16)}/`],
  ['idempotencyKey', undefined],
  ['termsAccepted', false],
  ['previous', { number: 'AH-7K3M9QXI', token: 'abc' }],
])('a bad %s is named: %j', (field, value) => {
  const issues = orderRequestSchema.safeParse({ ...request, [field]: value }).error?.issues ?? [];
  expect(issues.map(({ path }) => path[0])).toEqual([field]);
});

test('a quote asks for France and French unless told, and reads a code as typed', () => {
  expect(quoteRequestSchema.parse({ cart })).toMatchObject({ cart, country: 'FR', locale: 'fr' });
  expect(quoteRequestSchema.parse({ cart, promotionCode: ' été26 ' }).promotionCode).toBe('ÉTÉ26');
  expect(quoteRequestSchema.parse({ cart, promotionCode: '  ' }).promotionCode).toBeUndefined();
});

test('the letters that look like digits are in no number', () => {
  expect(
    ['AH-00000000', 'AH-ABCDEFGH', 'AH-JKMNPQRS', 'AH-TVWXYZ99'].every((number) =>
      ORDER_NUMBER_PATTERN.test(number),
    ),
  ).toBe(true);
  expect(
    ['I', 'L', 'O', 'U', 'a', '-'].some((character) =>
      ORDER_NUMBER_PATTERN.test(`AH-0000000${character}`),
    ),
  ).toBe(false);
});

test('a placed order may have nothing to pay; a link may be asked for an address alone', () => {
  const placed = { number: 'AH-7K3M9QXT', token: 'abc' };
  expect(orderPlacedSchema.parse({ data: placed })).toEqual({ data: placed });
  expect(orderPlacedSchema.safeParse({ data: { ...placed, paymentUrl: 'no' } }).success).toBe(
    false,
  );
  expect(orderLinkRequestSchema.parse({ email: 'lea@exemple.fr' })).toEqual({
    email: 'lea@exemple.fr',
  });
  expect(orderLinkRequestSchema.safeParse({ email: 'lea@exemple.fr', number: '12' }).success).toBe(
    false,
  );
});

test('a conflict tells which', () => {
  expect(orderConflictSchema.safeParse(failure(409, 'x', { reason: 'key-reused' })).success).toBe(
    true,
  );
  expect(orderConflictSchema.safeParse(failure(409, 'x')).success).toBe(false);
});

test('an order is addressed by number and token', () => {
  expect(apiPaths.order('AH-7K3M9QXT', 'a+b')).toBe('/api/commandes/AH-7K3M9QXT?token=a%2Bb');
});
