import { expect, test } from 'vitest';
import type { OrderView } from '@comptoir/contracts';
import { LOCALES, ORDER_STATUSES, orderViewSchema } from '@comptoir/contracts';

import { longDate } from './long-date.ts';
import { orderSentence } from './order-sentence.ts';

const none = { amount: 0, currency: 'EUR' };
const order = (more: Partial<OrderView>): OrderView => ({
  ...orderViewSchema.parse({
    number: 'AH-7K3M9QXT',
    status: 'paid',
    testMode: false,
    locale: 'fr',
    email: 'marie@exemple.fr',
    country: 'FR',
    lines: [],
    promotionCode: null,
    subtotal: none,
    discount: none,
    shipping: none,
    total: none,
    vat: [],
    refunded: none,
    paymentUrl: null,
    shippingAddress: null,
    tracking: null,
    minDays: 2,
    maxDays: 3,
    placedAt: '2026-11-25T10:00:00Z',
    paidAt: null,
    shippedAt: null,
  }),
  ...more,
});

test.each(ORDER_STATUSES.flatMap((status) => LOCALES.map((locale) => [status, locale] as const)))(
  'a test order that is %s promises nothing it will not do (%s)',
  (status, locale) => {
    const said = orderSentence(order({ status, testMode: true }), locale);
    expect(said).not.toBe('');
    expect(said).not.toMatch(
      /nous (emballons|préparons)|en route|sous quelques jours|vous êtes remboursé|we are (packing|preparing)|within a few days|you are refunded|are on their way/i,
    );
  },
);

test('a pending order without a page to pay at may have been paid by a transfer: both are said', () => {
  expect(
    orderSentence(order({ status: 'pending', paymentUrl: 'https://checkout.stripe.com/x' }), 'fr'),
  ).toContain('Il reste à payer, sauf si');
  expect(orderSentence(order({ status: 'pending' }), 'fr')).toMatch(
    /^Si vous avez payé par virement .* Sinon/,
  );
});

test('dates are those of the shop, in words', () =>
  expect(LOCALES.map((locale) => longDate('2026-11-25T23:30:00Z', locale))).toEqual([
    '26\u00a0novembre\u00a02026',
    '26\u00a0November\u00a02026',
  ]));
