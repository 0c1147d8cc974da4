import { describe, expect, test } from 'vitest';

import {
  after,
  at,
  closed,
  EVENTS,
  lines,
  opened,
  ORDERS,
  payment,
  refund,
  REVIEW,
  say,
  second,
  shipped,
  taken,
} from '../fixture/sample-orders.ts';
import { cents } from './cents.ts';
import { type DisputeEntry, type Order, type OrderEvent, transition, unreturned } from './order.ts';
import { disputedTotal, givenBack } from './order-money.ts';

describe('what was paid and is then held for review', () => {
  const approved = EVENTS.approved;
  test.each<[string, Order, OrderEvent[], string]>([
    ['a parcel on its way stays sent', ORDERS.shipped, [EVENTS.flagged, approved], 'shipped'],
    [
      'an order to prepare is prepared, with its pieces and mails as they were',
      ORDERS.paid,
      [EVENTS.flagged, approved],
      'paid',
    ],
    ['an order given back stays so', ORDERS.refunded, [EVENTS.flagged, approved], 'refunded'],
  ])('%s', (_, order, events, status) => {
    const [last = approved, before] = [events.at(-1), events.slice(0, -1)];
    expect(say(transition(after(order, ...before), last))).toBe(status);
  });

  test('a parcel that left is not put back in stock', () =>
    expect(say(transition(after(ORDERS.shipped, EVENTS.flagged), EVENTS.cancelled))).toBe(
      'no: not-allowed',
    ));
  test('more money meanwhile goes back', () =>
    expect(say(transition(after(ORDERS.paid, EVENTS.flagged), EVENTS.paid))).toBe(
      'needs_review, +pi_9, give 6190 of pi_9 back',
    ));
});

describe('a refund that failed', () => {
  const failed: OrderEvent = { kind: 'refund-recorded', refund: { ...refund, status: 'failed' } };
  test('asked for again ends the order as it should have ended', () => {
    const asked = after(ORDERS.refunded, failed, {
      ...EVENTS['refund asked'],
      amount: cents(6190),
    });
    const [request] = asked.inFlight;

    expect(
      say(
        transition(asked, {
          kind: 'refund-recorded',
          refund: { ...refund, id: 're_2', key: request?.key ?? '' },
        }),
      ),
    ).toBe('refunded, -re_2, order-refunded');
  });

  test('of a cancelled order is asked for under a new key each time, and ends cancelled', () => {
    const cancelled = after(ORDERS.needs_review, EVENTS.cancelled);
    const [first] = cancelled.inFlight;
    const again = after(
      cancelled,
      { kind: 'refund-refused', key: first?.key ?? '' },
      EVENTS.cancelled,
    );
    const [second] = again.inFlight;

    expect([cancelled.inFlight.length, again.inFlight.length, second?.key]).toEqual([
      1,
      1,
      `${first?.key}-v2`,
    ]);

    const third = after(
      again,
      {
        kind: 'refund-recorded',
        refund: {
          ...refund,
          id: 're_8',
          paymentIntent: 'pi_2',
          status: 'failed',
          key: second?.key ?? '',
        },
      },
      EVENTS.cancelled,
    );

    expect([third.status, third.inFlight.map(({ key, amount }) => [key, amount])]).toEqual([
      'cancelled',
      [[`${first?.key}-v3`, 6190]],
    ]);
  });

  test.each([
    [
      'of a surplus',
      { ...ORDERS.paid, payments: [payment, second] },
      'pi_2',
      'surplus',
      'needs_review, give 6190 of pi_2 back',
    ],
    [
      'of a released order',
      { ...ORDERS.expired, payments: [payment] },
      'pi_1',
      'late',
      'needs_review, give 6190 of pi_1 back',
    ],
  ] as const)('%s is retried by staff, once', (_, order, paymentIntent, reason, expected) => {
    const back = after(order, {
      kind: 'refund-recorded',
      refund: { ...refund, paymentIntent, reason, status: 'failed' },
    });
    expect([
      say(transition(back, EVENTS['refunds retried'])),
      say(transition(after(back, EVENTS['refunds retried']), EVENTS['refunds retried'])),
    ]).toEqual([expected, 'needs_review']);
  });

  test('and that staff had asked for is asked for again as it was, lines and all, under a fresh key; not once another has replaced it', () => {
    const parts = { lines: [{ sku: 'ah-001-1', quantity: 1 }], shipping: true };
    const asked = after(ORDERS.paid, { ...EVENTS['refund asked'], ...parts });
    const [request] = asked.inFlight;
    const refusedOnce = after(asked, { kind: 'refund-refused', key: request?.key ?? '' });
    const again = after(refusedOnce, EVENTS['refunds retried']);

    expect(again.inFlight).toEqual([{ ...request, key: `${request?.key}-v2` }]);
    expect(say(transition(again, EVENTS['refunds retried']))).toBe('needs_review');

    const failedToo = after(again, {
      kind: 'refund-recorded',
      refund: {
        ...refund,
        id: 're_7',
        paymentIntent: 'pi_1',
        amount: cents(1000),
        status: 'failed',
        key: again.inFlight[0]?.key ?? '',
      },
    });

    expect(after(failedToo, EVENTS['refunds retried']).inFlight.map(({ key }) => key)).toEqual([
      `${request?.key}-v3`,
    ]);
  });

  test('of a released order ends when staff have given the money back by other means; a paid one is not closed so', () => {
    const back = after(
      { ...ORDERS.expired, payments: [payment] },
      { kind: 'refund-recorded', refund: { ...refund, paymentIntent: 'pi_1', status: 'failed' } },
    );

    expect([back.status, say(transition(back, EVENTS['settled elsewhere']))]).toEqual([
      'needs_review',
      'cancelled',
    ]);
    expect(say(transition(after(ORDERS.paid, EVENTS.flagged), EVENTS['settled elsewhere']))).toBe(
      'no: not-allowed',
    );
    expect(say(transition(back, EVENTS.approved))).toBe('no: not-allowed');
  });

  test('told after it was asked for anew changes nothing of the new one', () => {
    const asked = after(ORDERS.refunded, failed, {
      ...EVENTS['refund asked'],
      amount: cents(6190),
    });

    expect(say(transition(asked, failed))).toBe('needs_review');
    expect(
      say(transition(asked, { ...EVENTS['refund asked'], request: 'r2', amount: cents(1) })),
    ).toBe('no: amount');
  });
});

describe('a dispute', () => {
  const record = (...entries: DisputeEntry[]): OrderEvent => ({
    kind: 'dispute-recorded',
    entries,
  });
  const inquiry: DisputeEntry = {
    ...opened,
    reference: 'dp_1-inquiry',
    status: 'warning_needs_response',
  };
  const won = [opened, taken, { ...taken, reference: 'txn_2', amount: cents(6190) }, closed('won')];
  test.each([
    ['open', [opened], 6190],
    ['open, the money taken', [opened, taken], 6190],
    ['lost', [opened, taken, closed('lost')], 6190],
    ['won, the money back', won, 0],
    [
      'an inquiry that came to nothing',
      [inquiry, { ...closed('warning_closed'), reference: 'dp_1-inquiry-closed' }],
      0,
    ],
    ['an inquiry that became a dispute', [inquiry, opened, taken], 6190],
  ] as const)(
    '%s: what it holds is derived from its rows, in whatever order they come',
    (_, entries, held) => {
      for (const rows of [[...entries], [...entries].reverse()]) {
        const order = after(shipped, ...rows.map((row) => record(row)), record(...entries));
        expect([
          disputedTotal(order),
          order.disputes.length,
          order.status,
          order.reviewReason,
        ]).toEqual([held, entries.length, 'needs_review', 'dispute']);
      }
    },
  );
  test('won after its order was released, its money returns to the buyer, once', () => {
    const order = after(ORDERS.paid, record(opened, taken), EVENTS.cancelled);

    expect([order.status, order.inFlight]).toEqual(['cancelled', []]);

    const over = transition(order, record(...won));

    expect(say(over)).toBe(
      'cancelled, !txn_2, !dp_1-closed, merchant-needs-review, give 6190 of pi_1 back',
    );
    expect(say(transition(over.ok ? over.order : order, record(...won)))).toBe('cancelled');
  });
  test('that began as an inquiry holds the order again, whatever staff said of the inquiry', () => {
    const order = after(ORDERS.paid, record(inquiry), EVENTS.approved);
    expect([order.status, say(transition(order, record(opened, taken)))]).toEqual([
      'paid',
      `needs_review, !dp_1, !txn_1, ${REVIEW}`,
    ]);
  });
  test.each<[string, Order, DisputeEntry[], string]>([
    ['won', shipped, won, 'dispute-ended'],
    ['lost', shipped, [opened, taken, closed('lost')], 'dispute-lost'],
    [
      'given back without being called lost',
      shipped,
      [opened, taken, closed('prevented')],
      'dispute-lost',
    ],
    [
      'won for an order that was cancelled',
      after(ORDERS.paid, record(opened, taken), EVENTS.cancelled),
      won,
      'dispute-returned',
    ],
  ])('%s: staff are told where its money is', (_, order, entries, reason) => {
    const over = transition(order, record(...entries));
    expect(over.ok && over.effects).toContainEqual({
      kind: 'mail',
      mail: 'merchant-needs-review',
      key: 'merchant-needs-review-dp_1-closed',
      reason,
    });
  });
  test('as a mere inquiry holds nothing: a refund answers it', () => {
    const order = after(ORDERS.paid, record(inquiry));
    expect([
      disputedTotal(order),
      say(transition(order, { ...EVENTS['refund asked'], amount: cents(6190) })),
    ]).toEqual([0, 'needs_review, give 6190 of pi_1 back']);
  });
  test('whose unsent order was refunded in full ends with its pieces back in stock', () => {
    const order = after(ORDERS.paid, EVENTS.flagged, {
      ...EVENTS['refund asked'],
      amount: cents(6190),
    });
    const given = after(order, {
      kind: 'refund-recorded',
      refund: { ...refund, id: 're_5', paymentIntent: 'pi_1', key: order.inFlight[0]?.key ?? '' },
    });

    expect(say(transition(given, EVENTS.approved))).toBe('refunded, restock');
    expect(say(transition({ ...given, shippedAt: at }, EVENTS.approved))).toBe('refunded');
  });
  test('what it holds cannot be given back as well', () => {
    const order = after(ORDERS.paid, record({ ...opened, amount: cents(6000) }));
    expect([
      say(transition(order, { ...EVENTS['refund asked'], amount: cents(191) })),
      say(transition(order, { ...EVENTS['refund asked'], amount: cents(190) })),
    ]).toEqual(['no: amount', 'needs_review, give 190 of pi_1 back']);
  });
  test('staff who have decided are told of its end, and the order stays where it is', () => {
    const order = after(shipped, record(opened, taken), EVENTS.approved);
    expect([
      order.status,
      say(transition(order, record(opened, taken))),
      say(transition(order, record(...won))),
    ]).toEqual(['shipped', 'shipped', 'shipped, !txn_2, !dp_1-closed, merchant-needs-review']);
  });
});

const asking = (more: Partial<Extract<OrderEvent, { kind: 'refund-requested' }>>): OrderEvent => ({
  ...EVENTS['refund asked'],
  ...more,
});
const [sku, quantity] = [lines[0]?.sku ?? '', lines[0]?.quantity ?? 0];

describe('a refund of lines', () => {
  const oneOf = asking({ lines: [{ sku, quantity: 1 }], restock: true });

  test('puts its pieces back in stock; the rest follows when everything is given back', () => {
    const partly = transition(ORDERS.paid, oneOf);

    expect(say(partly)).toBe('paid, return, give 1000 of pi_1 back');
    expect(partly.ok && partly.effects[0]).toMatchObject({ lines: [{ sku, quantity: 1 }] });

    const order = after(ORDERS.paid, oneOf);

    expect([order.holding, unreturned(order)]).toEqual([
      'sold',
      [{ sku, quantity: quantity - 1 }, ...lines.slice(1)],
    ]);

    const whole = transition(order, {
      kind: 'refund-recorded',
      refund: { ...refund, paymentIntent: 'pi_1', id: 're_all', amount: ORDERS.paid.total },
    });

    expect(whole.ok && whole.effects.filter(({ kind }) => kind === 'stock')).toEqual([
      { kind: 'stock', move: 'restock', lines: unreturned(order) },
    ]);
    expect(whole.ok && whole.order.holding).toBe('none');
  });

  test('goes on without any piece once every one is back: a review does not take them again', () => {
    const order = after(ORDERS.shipped, asking({ lines, restock: true }));

    expect([order.holding, order.returned, unreturned(order)]).toEqual(['sold', lines, []]);
    expect(say(transition(after(order, EVENTS.flagged), EVENTS.approved))).toBe('shipped');
  });

  test.each<[string, Order, Parameters<typeof asking>[0], string]>([
    [
      'more pieces than were sold',
      ORDERS.paid,
      { lines: [{ sku, quantity: quantity + 1 }] },
      'no: lines',
    ],
    [
      'pieces of another order',
      ORDERS.paid,
      { lines: [{ sku: 'another', quantity: 1 }] },
      'no: lines',
    ],
    [
      'pieces already given back',
      after(ORDERS.paid, asking({ lines })),
      { request: 'r2', lines: [{ sku, quantity: 1 }] },
      'no: lines',
    ],
    [
      'shipping, twice',
      after(ORDERS.paid, asking({ shipping: true })),
      { request: 'r2', shipping: true },
      'no: shipping',
    ],
    [
      'pieces that are back already',
      after(ORDERS.paid, asking({ request: 'r0', lines: [{ sku, quantity }], restock: true }), {
        kind: 'refund-recorded',
        refund: {
          ...refund,
          paymentIntent: 'pi_1',
          id: 're_0',
          amount: cents(1000),
          status: 'failed',
          key: 'refund-AH-7K3M9QXT-pi_1-asked-r0',
        },
      }),
      { request: 'r2', lines: [{ sku, quantity }], restock: true },
      'no: pieces',
    ],
    [
      'pieces whose refund failed',
      after(ORDERS.paid, asking({ request: 'r0', lines }), {
        kind: 'refund-recorded',
        refund: {
          ...refund,
          paymentIntent: 'pi_1',
          id: 're_0',
          amount: cents(1000),
          status: 'failed',
          key: 'refund-AH-7K3M9QXT-pi_1-asked-r0',
        },
      }),
      { request: 'r2', lines },
      'needs_review, give 1000 of pi_1 back',
    ],
    [
      'pieces whose refund was refused',
      after(ORDERS.paid, asking({ request: 'r0', lines }), {
        kind: 'refund-refused',
        key: 'refund-AH-7K3M9QXT-pi_1-asked-r0',
      }),
      { request: 'r2', lines },
      'needs_review, give 1000 of pi_1 back',
    ],
    [
      'the same dialog, sent twice',
      after(ORDERS.paid, asking({ lines, restock: true })),
      { lines, restock: true },
      'paid',
    ],
  ])('%s', (_, order, ask, expected) => {
    expect(say(transition(order, asking(ask)))).toBe(expected);
  });
});

test('what an order’s buyer got back is of its own price: a second payment’s return is none of it', () => {
  const twice: Order = {
    ...ORDERS.paid,
    payments: [payment, second],
    refunds: [{ ...refund, paymentIntent: 'pi_2' }],
  };
  const partly: Order = { ...ORDERS.paid, refunds: [{ ...refund, amount: cents(1000) }] };

  expect([
    givenBack(twice),
    givenBack({ ...twice, refunds: [...twice.refunds, { ...refund, amount: cents(1000) }] }),
    givenBack(partly),
    givenBack(ORDERS.refunded),
    givenBack(ORDERS.pending),
  ]).toEqual([0, 1000, 1000, 6190, 0]);
});
