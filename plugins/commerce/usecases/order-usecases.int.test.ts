import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { unbalancedSkus } from '../adapters/stock-balance.ts';
import type { PayableOrder } from '../domain/payments-port.ts';
import { orderOf, type SqlShop, startSqlShop } from '../fixture/sql-shop.ts';
import { makeRefunds } from './make-refunds.ts';
import { type Placed, placeOrder, type PlacePorts } from './place-order.ts';
import { quoteCart } from './quote-cart.ts';
import { readOrder } from './read-order.ts';
import { closeOrder } from './release-order.ts';
import { resumePayments } from './resume-payment.ts';
import { sendOrderLinks } from './send-order-links.ts';
import { settlePayment } from './settle-payment.ts';

let shop: SqlShop;
const SKU = 'ah-001-1';
let price = 0;
let carriage = 0;

beforeAll(async () => {
  shop = await startSqlShop();
  const quote = await shop.ports.inTransaction((unit) =>
    quoteCart(
      unit,
      { lines: [{ sku: SKU, quantity: 1 }], country: 'FR', locale: 'fr' },
      new Date(),
    ),
  );
  [price, carriage] = [quote.subtotal, quote.shipping?.price ?? 0];
});
afterAll(() => shop?.stop());
beforeEach(async () => {
  shop.payments.mode = 'works';
  shop.mails.length = 0;
  await shop.setStock(SKU, (await shop.stock(SKU)).reserved + 10);
});

const one = (change = {}) => orderOf(SKU, 1, price + carriage, change);
const number = (placed: Placed): string => {
  if (!placed.ok) throw new Error(placed.reason);
  return placed.number;
};
const status = async (of: string): Promise<unknown> =>
  (await shop.query('select status from orders where number = $1', [of]))[0]?.['status'];
const session = (of: string, attempt = 1): string => `cs_${of}_${attempt}`;
const settle = (of: string, change = {}) =>
  settlePayment(shop.ports)(shop.payments.pay(session(of), change));
const kinds = (): string[] => shop.mails.map(({ kind }) => kind);

describe('an order', () => {
  test('is placed, paid once however often it is told, and read by its link', async () => {
    const before = await shop.stock(SKU);
    const placed = await shop.place(one());
    const of = number(placed);

    expect(placed).toMatchObject({
      ok: true,
      waiting: false,
      paymentUrl: `https://pay.test/${session(of)}`,
    });
    expect(await shop.stock(SKU)).toEqual({ ...before, reserved: before.reserved + 1 });
    expect(await settle(of)).toEqual({ kind: 'settled', changed: true, status: 'paid' });
    expect(await settle(of)).toEqual({ kind: 'settled', changed: false, status: 'paid' });
    expect(await shop.stock(SKU)).toEqual({ ...before, on_hand: before.on_hand - 1 });
    expect(kinds()).toEqual(['order-confirmed', 'merchant-new-order']);

    const read = readOrder({ ...shop.ports, secret: 'a-secret-of-these-tests' });

    expect(await read(of, 'forged')).toBeNull();
    expect(await read(of, placed.ok ? placed.token : '')).toMatchObject({
      status: 'paid',
      total: { amount: price + carriage },
      paymentUrl: null,
      shippingAddress: { city: 'Strasbourg' },
      testMode: true,
    });

    const events = await shop.query(
      'select kind, actor from order_events where order_number = $1 order by id',
      [of],
    );

    expect(events).toEqual([
      { kind: 'placed', actor: 'buyer' },
      { kind: 'session-opened', actor: 'shop' },
      { kind: 'payment-received', actor: 'stripe' },
    ]);
  });

  test('keeps the way of sending that was chosen; one that is no longer to be had is not replaced by another, whatever it costs', async () => {
    const asked = { lines: [{ sku: SKU, quantity: 1 }], country: 'FR', locale: 'fr' as const };
    const { deliveries } = await shop.ports.inTransaction((unit) =>
      quoteCart(unit, asked, new Date()),
    );

    expect(deliveries.map(({ method }) => method)).toEqual([
      'colissimo-a-domicile',
      'chronopost-express',
    ]);

    const placed = await shop.place(
      orderOf(SKU, 1, price + (deliveries[1]?.price ?? 0), { delivery: 'chronopost-express' }),
    );
    const of = number(placed);

    expect(
      await shop.query('select shipping, delivery, max_days from orders where number = $1', [of]),
    ).toEqual([{ shipping: 1490, delivery: 'Chronopost, express', max_days: 1 }]);
    expect(
      await readOrder({ ...shop.ports, secret: 'a-secret-of-these-tests' })(
        of,
        placed.ok ? placed.token : '',
      ),
    ).toMatchObject({ delivery: 'Chronopost, express', shipping: { amount: 1490 } });
    expect(await shop.place(one({ delivery: 'par-pigeon' }))).toMatchObject({
      ok: false,
      reason: 'changed',
      quote: { shipping: { method: 'colissimo-a-domicile' } },
    });
  });

  test('that expires gives its pieces back; money that comes late takes them again', async () => {
    const before = await shop.stock(SKU);
    const of = number(await shop.place(one()));

    expect(await closeOrder(shop.ports)(of, 'expired')).toBe('released');
    expect([await status(of), await shop.stock(SKU), kinds()]).toEqual([
      'expired',
      before,
      ['order-expired'],
    ]);
    expect(await settle(of)).toMatchObject({ status: 'paid' });
    expect(await shop.stock(SKU)).toEqual({ ...before, on_hand: before.on_hand - 1 });
  });

  test('whose pieces are sold by the time late money comes is refunded, once', async () => {
    const of = number(await shop.place(one()));
    await closeOrder(shop.ports)(of, 'expired');
    await shop.setStock(SKU, (await shop.stock(SKU)).reserved);

    expect(await settle(of)).toMatchObject({ status: 'expired', changed: true });

    await settle(of);
    shop.payments.mode = 'hangs';

    expect(await makeRefunds(shop.ports)()).toBe(0);

    shop.payments.mode = 'works';

    expect([await makeRefunds(shop.ports)(), await makeRefunds(shop.ports)()]).toEqual([1, 0]);
    expect(
      await shop.query('select amount, status from refunds where order_number = $1', [of]),
    ).toEqual([{ amount: price + carriage, status: 'succeeded' }]);
  });

  test('paid twice gives the second payment back', async () => {
    const of = number(await shop.place(one()));
    await settle(of);

    expect(await settle(of, { paymentIntent: `pi_second_${of}` })).toMatchObject({
      status: 'paid',
      changed: true,
    });
    expect(await makeRefunds(shop.ports)()).toBe(1);
    expect(
      await shop.query('select payment_intent from refunds where order_number = $1', [of]),
    ).toEqual([{ payment_intent: `pi_second_${of}` }]);
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['another amount', { amount: 1 }, 'amount'],
    ['another currency', { currency: 'usd' }, 'currency'],
    ['real money for a test order', { livemode: true }, 'mode'],
    ['a session that is not its own', { id: 'cs_other' }, 'other-session'],
  ])('%s needs a review and moves no stock', async (_what, change, reason) => {
    const of = number(await shop.place(one()));
    const before = await shop.stock(SKU);

    expect(await settle(of, change)).toMatchObject({ status: 'needs_review' });
    expect(
      await shop.query('select needs_review_reason from orders where number = $1', [of]),
    ).toEqual([{ needs_review_reason: reason }]);
    expect([await shop.stock(SKU), kinds()]).toEqual([before, ['merchant-needs-review']]);
  });

  test('goes where its own page says, whatever another one said before', async () => {
    const of = number(await shop.place(one()));
    const address = {
      name: 'Ana',
      line1: '2 rue Basse',
      line2: '',
      postalCode: '75011',
      city: 'Paris',
      country: 'FR',
    };
    await settle(of, { id: 'cs_other', paymentIntent: 'pi_other', shippingAddress: address });
    const city = async () =>
      (
        await shop.query(
          `select shipping_address ->> 'city' as city from orders where number = $1`,
          [of],
        )
      )[0]?.['city'];

    expect([await city(), (await settle(of, { id: session(of) })).kind, await city()]).toEqual([
      'Paris',
      'settled',
      'Strasbourg',
    ]);

    await settle(of, { paymentIntent: 'pi_again', shippingAddress: address });

    expect(await city()).toBe('Strasbourg');
  });

  test('that is not paid, or is not ours, changes nothing', async () => {
    const of = number(await shop.place(one()));

    expect(await settle(of, { paid: false })).toEqual({ kind: 'not-paid' });
    expect(await settle(of, { orderNumber: 'AH-ZZZZZZZZ' })).toEqual({ kind: 'unknown-order' });
    expect(await status(of)).toBe('pending');
  });
});

describe('the payment provider', () => {
  test('refuses: the pieces are free at once', async () => {
    const before = await shop.stock(SKU);
    shop.payments.mode = 'refuses';
    const request = one();

    expect(await shop.place(request)).toEqual({ ok: false, reason: 'payment-refused' });
    expect(await shop.place(request)).toEqual({ ok: false, reason: 'payment-refused' });
    expect(await shop.stock(SKU)).toEqual(before);
  });

  test('is asked for the very same page again, whether the order was just written or is read back', async () => {
    const asked: PayableOrder[] = [];
    const { open } = shop.payments;
    shop.payments.open = (order, attempt) => {
      asked.push(order);
      return open(order, attempt);
    };
    shop.payments.mode = 'hangs';
    const request = one();
    await shop.place(request);
    await shop.place(request);
    shop.payments.open = open;

    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual(asked[0]);
  });

  test('does not answer: the pieces are kept until it does', async () => {
    const before = await shop.stock(SKU);
    shop.payments.mode = 'hangs';
    const placed = await shop.place(one());

    expect(placed).toMatchObject({ ok: true, waiting: true, paymentUrl: undefined });
    expect(await shop.stock(SKU)).toEqual({ ...before, reserved: before.reserved + 1 });

    shop.payments.mode = 'works';
    const later = { ...shop.ports, now: () => new Date(Date.now() + 60_000) };

    expect(await resumePayments(later)()).toContainEqual({
      number: number(placed),
      opening: 'open',
    });
    expect(await resumePayments(later)()).toEqual([]);
  });

  test('was paid before its answer reached us', async () => {
    shop.payments.mode = 'hangs';
    const of = number(await shop.place(one()));
    shop.payments.mode = 'works';

    expect(await settle(of)).toMatchObject({ status: 'paid' });
  });

  test('is closed', async () => {
    shop.payments.mode = 'closed';
    expect(await shop.place(one())).toEqual({ ok: false, reason: 'closed' });
  });
});

describe('a request', () => {
  test('for another total, or for more than there is, gets the quote', async () => {
    expect(await shop.place(one({ expectedTotal: 1 }))).toMatchObject({
      ok: false,
      reason: 'changed',
      quote: { total: price + carriage, orderable: true },
    });
    expect(await shop.place(one({ cart: { lines: [{ sku: SKU, quantity: 11 }] } }))).toMatchObject({
      ok: false,
      reason: 'changed',
      quote: { reasons: ['short'] },
    });
    expect(
      await shop.place(one({ cart: { lines: [{ sku: 'nobody-sells-this', quantity: 1 }] } })),
    ).toMatchObject({ ok: false, quote: { reasons: ['gone'] } });
  });

  test('whose key served another request is refused', async () => {
    const first = one();
    await shop.place(first);

    expect(await shop.place({ ...first, email: 'other@example.fr' })).toEqual({
      ok: false,
      reason: 'key-reused',
    });
  });

  test('that is repeated has its answer, whatever has become of price and stock', async () => {
    const request = one();
    const first = await shop.place(request);
    await shop.setStock(SKU, (await shop.stock(SKU)).reserved);

    expect(await shop.place(request)).toEqual(first);

    await settle(number(first));

    expect(await shop.place(request)).toEqual({ ...first, paymentUrl: undefined });
  });

  test('twice at once for the last piece has one answer: what the first click took is not missing for the second', async () => {
    await shop.setStock(SKU, (await shop.stock(SKU)).reserved + 1);
    const request = one();
    let first: Promise<Placed> | undefined;
    // The first click goes all its way between the second one's look at the key and its look at the
    // stock.
    const between: PlacePorts = {
      ...shop.ports,
      inTransaction: (work) =>
        shop.ports.inTransaction((unit) =>
          work({
            ...unit,
            prices: {
              ...unit.prices,
              lines: async (...asked) => {
                await (first ??= shop.place(request));
                return unit.prices.lines(...asked);
              },
            },
          }),
        ),
    };
    const second = await placeOrder(between)(request, request.idempotencyKey);

    expect(second).toMatchObject({ ok: true });
    expect(second).toEqual(await first);
  });

  test('that replaces one’s own order frees its pieces first', async () => {
    await shop.setStock(SKU, (await shop.stock(SKU)).reserved + 1);
    const first = await shop.place(one());
    if (!first.ok) throw new Error(first.reason);
    const { number: of, token } = first;

    expect((await shop.place(one())).ok).toBe(false);
    expect((await shop.place(one({ previous: { number: of, token: 'forged' } }))).ok).toBe(false);
    expect((await shop.place(one({ previous: { number: of, token } }))).ok).toBe(true);
    expect([await status(of), kinds()]).toEqual(['cancelled', []]);
  });

  test('that replaces an order already paid leads to that order', async () => {
    const first = await shop.place(one());
    if (!first.ok) throw new Error(first.reason);
    shop.payments.pay(session(first.number));

    expect(
      await shop.place(one({ previous: { number: first.number, token: first.token } })),
    ).toMatchObject({ ok: true, number: first.number, paymentUrl: undefined });
    expect(await status(first.number)).toBe('paid');
  });

  test('may hold three unpaid orders, by address or by e-mail', async () => {
    const email = 'greedy@example.fr';
    const answers = [];
    for (const client of ['a', 'b', 'c', 'd'])
      answers.push(
        (await shop.place(one({ email: client === 'b' ? email.toUpperCase() : email }), client)).ok,
      );
    for (let n = 0; n < 4; n += 1) answers.push((await shop.place(one(), 'one-client')).ok);

    expect(answers).toEqual([true, true, true, false, true, true, true, false]);
  });
});

describe('a promotion', () => {
  const code = (name: string, kind: string, value: number, limit: number | null = null) =>
    shop.query(
      'insert into promotion_codes (code, kind, value, minimum, usage_limit, used) values ($1, $2, $3, 0, $4, 0)',
      [name, kind, value, limit],
    );

  test('of everything makes a free order, paid without a payment', async () => {
    await code('TOUT', 'percentage', 10_000);
    const quoted = await shop.ports.inTransaction((unit) =>
      quoteCart(
        unit,
        { lines: [{ sku: SKU, quantity: 1 }], country: 'FR', locale: 'fr', promotionCode: 'TOUT' },
        new Date(),
      ),
    );
    const opened = shop.payments.opened;
    await shop.query(
      `update catalogue_entries set body = jsonb_set(body, '{shipping}', (select jsonb_agg(jsonb_set(rate, '{price,amount}', '0')) from jsonb_array_elements(body -> 'shipping') rate)) where kind = 'settings'`,
    );
    const placed = await shop.place(one({ promotionCode: 'TOUT', expectedTotal: 0 }));
    await shop.query(
      `update catalogue_entries set body = jsonb_set(body, '{shipping}', (select jsonb_agg(jsonb_set(rate, '{price,amount}', to_jsonb($1::int))) from jsonb_array_elements(body -> 'shipping') rate)) where kind = 'settings'`,
      [carriage],
    );

    expect(quoted.total).toBe(carriage);
    expect(placed).toMatchObject({ ok: true, paymentUrl: undefined, waiting: false });
    expect([await status(number(placed)), shop.payments.opened, kinds()]).toEqual([
      'paid',
      opened,
      ['order-confirmed', 'merchant-new-order'],
    ]);
    // The discount has a row of its own: lines add up to the subtotal above it.
    expect(shop.mails[0]?.data).toMatchObject({
      order: { lines: [{ quantity: 1, total: price }], subtotal: price, discount: price, total: 0 },
    });
  });

  test('whose last use is taken a moment too soon leaves the pieces as they are: the new quote offers them', async () => {
    await code('DERNIER', 'amount', 100, 1);
    await shop.setStock(SKU, (await shop.stock(SKU)).reserved + 1);
    const outrun: PlacePorts = {
      ...shop.ports,
      inTransaction: (work) =>
        shop.ports.inTransaction((unit) =>
          work({ ...unit, promotions: { ...unit.promotions, use: () => Promise.resolve(false) } }),
        ),
    };
    const answer = await placeOrder(outrun)(
      one({ promotionCode: 'DERNIER', expectedTotal: price + carriage - 100 }),
      'a-client-outrun',
    );

    expect(answer).toMatchObject({
      ok: false,
      reason: 'changed',
      quote: { reasons: [], lines: [{ available: 1 }] },
    });
  });

  test('is given back by an order that is released', async () => {
    await code('UNEFOIS', 'amount', 100, 1);
    const with_code = one({ promotionCode: 'UNEFOIS', expectedTotal: price + carriage - 100 });
    const of = number(await shop.place(with_code));

    expect(await shop.place({ ...with_code, idempotencyKey: 'another-key-of-this' })).toMatchObject(
      { ok: false, quote: { promotionProblem: 'used-up' } },
    );

    await closeOrder(shop.ports)(of, 'expired');

    expect((await shop.place({ ...with_code, idempotencyKey: 'a-third-key-of-this' })).ok).toBe(
      true,
    );
  });
});

test('links are mailed to the order’s address only, once a day; a second time for an order that was paid', async () => {
  const { email } = one();
  const of = number(await shop.place(one({ email })));
  for (const asked of [{ email }, { email, number: of }]) await sendOrderLinks(shop.ports)(asked);

  expect(shop.mails.map(({ kind }) => kind)).toEqual(['order-link']);

  await settle(of);
  shop.mails.splice(1);
  for (const asked of [
    { email },
    { email },
    { email, number: of },
    { email: 'other@example.fr', number: of },
    { email: 'nobody@example.fr' },
  ])
    await sendOrderLinks(shop.ports)(asked);

  expect(shop.mails.map(({ kind, to }) => [kind, to])).toEqual([
    ['order-link', email],
    ['order-link', email],
  ]);
});

test('after all this the ledger is balanced', async () => {
  expect(await unbalancedSkus({ raw: async (sql) => ({ rows: await shop.query(sql) }) })).toEqual(
    [],
  );
});
