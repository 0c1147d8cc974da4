import { expect, test } from 'vitest';

import { memoryShop } from '../../../fixture/memory-shop.ts';
import { placeOrder } from '../../../usecases/place-order.ts';
import { quoteCart } from '../../../usecases/quote-cart.ts';
import { readOrder } from '../../../usecases/read-order.ts';
import { sendOrderLinks } from '../../../usecases/send-order-links.ts';
import type { Exchange } from './public-request.ts';
import { orderController } from './shopper-controller.ts';

const cart = { lines: [{ sku: 'cup', quantity: 1 }] };
const order = {
  cart,
  country: 'FR',
  email: 'a@example.fr',
  locale: 'fr',
  expectedTotal: 1,
  idempotencyKey: 'a-key-of-this-test',
  termsAccepted: true,
};

/** The controller on the use cases in memory, at an instant that does not pass. */
function caller() {
  const { ports } = memoryShop(9);
  const controller = orderController(() => ({
    quote: ({ cart: { lines } }) =>
      ports.inTransaction((unit) =>
        quoteCart(unit, { lines, country: 'FR', locale: 'fr' }, ports.now()),
      ),
    place: placeOrder(ports),
    read: readOrder({ ...ports, secret: 'a-secret-of-these-tests' }),
    sendLinks: sendOrderLinks(ports),
    secret: () => 'a-secret-of-the-controller',
    now: ports.now,
    warn: () => undefined,
  }))();
  return async (
    action: keyof typeof controller,
    body: unknown,
    ip: string,
  ): Promise<{ status: number; wait: string | undefined }> => {
    const headers: Record<string, string> = {};
    const ctx: Exchange = {
      params: { number: 'AH-00000000' },
      query: { token: 'x' },
      request: { body, ip },
      status: 200,
      body: null,
      get: () => '',
      set: (name, value) => {
        headers[name] = value;
      },
    };
    await controller[action](ctx);
    return { status: ctx.status, wait: headers['Retry-After'] };
  };
}

test.each([
  ['quote', { cart }, 60, 200],
  ['place', order, 10, 409],
  ['show', undefined, 60, 404],
  ['sendLink', { email: 'a@example.fr' }, 5, 202],
] as const)(
  '%s: a burst is answered, the next is told how long to wait, another client is served',
  async (action, body, burst, served) => {
    const call = caller();
    for (let n = 1; n <= burst; n += 1)
      expect([n, await call(action, body, '198.51.100.1')]).toEqual([
        n,
        { status: served, wait: undefined },
      ]);
    const { status, wait } = await call(action, body, '198.51.100.1');

    expect([status, wait]).toEqual([429, expect.stringMatching(/^[1-9]\d*$/)]);
    expect((await call(action, body, '198.51.100.2')).status).toBe(served);
  },
);
