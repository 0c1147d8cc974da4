import { expect, test } from 'vitest';

import { cents } from '../domain/cents.ts';
import { signOrderToken } from '../domain/order-token.ts';
import { CARRIAGE, memoryShop, PRICE } from '../fixture/memory-shop.ts';
import { placeOrder } from './place-order.ts';
import { readOrder } from './read-order.ts';

const [LEAKED, NEW] = ['a-secret-that-leaked', 'a-secret-made-since'];

test('once the secret is another, links made with the leaked one open nothing, and new ones open the same order', async () => {
  const shop = memoryShop(5);
  const ports = { ...shop.ports, tokenOf: (number: string) => signOrderToken(number, LEAKED) };
  const placed = await placeOrder(ports)(
    {
      cart: { lines: [{ sku: 'cup', quantity: 1 }] },
      country: 'FR',
      email: 'ana@example.fr',
      locale: 'fr',
      expectedTotal: cents(PRICE + CARRIAGE),
      idempotencyKey: 'a-key-of-this-order',
      termsAccepted: true,
    },
    'c',
  );
  const number = placed.ok ? placed.number : '';
  const seen = async (secret: string, made: string): Promise<string | undefined> =>
    (await readOrder({ ...ports, secret })(number, signOrderToken(number, made)))?.number;

  expect([await seen(LEAKED, LEAKED), await seen(NEW, LEAKED), await seen(NEW, NEW)]).toEqual([
    number,
    undefined,
    number,
  ]);
});
