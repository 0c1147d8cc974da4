import { expect, test } from 'vitest';

import { readCookies, serializeCookie } from '../../http/cookie-header.ts';
import {
  cartCookies,
  codeCookie,
  deliveryCookie,
  orderCookie,
  readBasket,
} from './basket-cookies.ts';
import { keyFits, newKey } from './idempotency-key.ts';

const basket = (header: string): ReturnType<typeof readBasket> => readBasket(readCookies(header));

test('what is written is read again', () => {
  const cart = {
    lines: [
      { sku: 'ah-001-1', quantity: 2 },
      { sku: 'ah-002', quantity: 1 },
    ],
  };
  const previous = { number: 'AH-7K3M9QXT', token: 'a~b;c=d' };
  const written = [
    ...cartCookies(cart),
    deliveryCookie('express'),
    codeCookie(' été;10 '),
    orderCookie(previous),
  ]
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');

  expect(basket(written)).toEqual({
    cart,
    country: 'FR',
    delivery: 'express',
    code: 'été;10',
    previous,
  });
  expect(cartCookies(cart).map(({ value, readable }) => [value, readable])).toEqual([
    ['ah-001-1*2.ah-002*1', false],
    ['3', true],
  ]);
});

test('a code holds no text that could be no code: no control characters, no half of a character at the cut', () => {
  expect([
    codeCookie('A\u0000B').value,
    codeCookie(`${'x'.repeat(39)}🏺`).value,
    readBasket(new Map([['panier_code', 'A%00B']])).code,
  ]).toEqual(['AB', 'x'.repeat(39), 'AB']);
});

test.each([
  '',
  'panier',
  'panier=%%%; panier_pays=france; panier_envoi=Express!; panier_code=%E0%A4%A; commande=AH-1~x',
  'commande=AH-7K3M9QXT',
  'panier=ah-001-1*0',
])('damaged cookies count as absent: %s', (header) => {
  expect(basket(header)).toEqual({
    cart: { lines: [] },
    country: 'FR',
    delivery: '',
    code: '',
    previous: null,
  });
});

test('an empty cart and a forgotten order remove their cookies', () => {
  expect([...cartCookies({ lines: [] }), orderCookie(null)].map(({ maxAge }) => maxAge)).toEqual([
    0, 0, 0,
  ]);
});

test.each([
  [
    { name: 'panier', value: 'a*1', maxAge: 60 },
    true,
    'panier=a*1; Path=/; Max-Age=60; SameSite=Lax; HttpOnly; Secure',
  ],
  [
    { name: 'panier_n', value: '1', maxAge: 60, readable: true },
    false,
    'panier_n=1; Path=/; Max-Age=60; SameSite=Lax',
  ],
])('cookie %#', (cookie, secure, header) => expect(serializeCookie(cookie, secure)).toBe(header));

test('a key is new for every form and fits only the cart, country, delivery and code that it was made for', () => {
  const shown = basket('panier=ah-001-1*2; panier_code=merci');
  const key = newKey(shown);

  expect(key).toMatch(/^[\w-]{16,64}$/);
  expect(newKey(shown)).not.toBe(key);
  expect(keyFits(key, basket('panier=ah-001-1*2; panier_code=MERCI'))).toBe(true);

  for (const other of [
    'panier=ah-001-1*3; panier_code=merci',
    'panier=ah-001-1*2',
    'panier=ah-001-1*2; panier_code=merci; panier_pays=BE',
    'panier=ah-001-1*2; panier_code=merci; panier_envoi=express',
  ])
    expect(keyFits(key, basket(other)), other).toBe(false);
  for (const forged of ['', key.slice(-16), `${key}=`])
    expect(keyFits(forged, shown), forged).toBe(false);
});
