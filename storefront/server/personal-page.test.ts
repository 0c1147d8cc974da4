import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';

import { addressSigner } from '../src/client/address-signer.ts';
import { mayPayAt, paymentSources } from '../src/client/payment-sources.ts';
import { personalRoute, routes } from '../src/features/i18n/page-routes.ts';
import { isSameOrigin } from './same-origin.ts';
import { shopperAddress } from './shopper-address.ts';

const SITE = 'https://www.atelier-huit.fr';

test.each<[string, Record<string, string>, boolean]>([
  ['the browser says so', { 'sec-fetch-site': 'same-origin', host: 'storefront:3000' }, true],
  ['a page without referrer', { 'sec-fetch-site': 'same-origin', origin: 'null' }, true],
  ['another site', { 'sec-fetch-site': 'cross-site', origin: SITE }, false],
  ['another host of the same site', { 'sec-fetch-site': 'same-site', origin: SITE }, false],
  ['the public address behind a proxy', { origin: SITE, host: 'storefront:3000' }, true],
  [
    'the address the browser talked to',
    { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' },
    true,
  ],
  ['another origin', { origin: 'https://evil.example', host: 'www.atelier-huit.fr' }, false],
  ['an opaque origin', { origin: 'null', host: 'www.atelier-huit.fr' }, false],
  ['no origin at all', { host: 'www.atelier-huit.fr' }, false],
])('same origin: %s', (_, headers, expected) => expect(isSameOrigin(headers, SITE)).toBe(expected));

test.each<[string, string | undefined, string | undefined, string]>([
  ['the connection itself', '203.0.113.7', undefined, '203.0.113.7'],
  ['a claim from outside is not believed', '203.0.113.7', '1.2.3.4', '203.0.113.7'],
  ['a proxy next to us', '172.18.0.3', '203.0.113.7', '203.0.113.7'],
  [
    'the last entry, written by the proxy',
    '::ffff:10.0.0.2',
    '1.2.3.4, 203.0.113.7',
    '203.0.113.7',
  ],
  ['IPv6', '::1', '2001:db8::7', '2001:db8::7'],
  ['nonsense from a neighbour', '127.0.0.1', 'unknown', '127.0.0.1'],
  ['a closed socket', undefined, '1.2.3.4', ''],
])('shopper address: %s', (_, peer, forwarded, address) =>
  expect(
    shopperAddress(peer, forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
  ).toBe(address),
);

test('an address is signed with its second, and never without a secret', () => {
  const claim = '203.0.113.7;1764000000';
  expect(addressSigner('a-secret-of-sixteen', () => 1_764_000_000_999)('203.0.113.7')).toBe(
    `${claim};${createHmac('sha256', 'a-secret-of-sixteen').update(claim).digest('base64url')}`,
  );
  expect(() => addressSigner(undefined)).toThrow('CLIENT_ADDRESS_SECRET');
});

test.each([
  ['live', 'https://checkout.stripe.com/c/pay/x', true],
  ['live', 'https://pay.atelier-huit.fr/x', false],
  ['live', 'https://checkout.stripe.com.evil.example/', false],
  ['live', 'nonsense', false],
  ['demo', 'http://localhost:4242/payer/x', true],
  ['demo', 'javascript:alert(1)', false],
] as const)('in %s a form may lead to %s: %s', (mode, url, expected) =>
  expect(mayPayAt(paymentSources(mode))(url)).toBe(expected),
);

test.each([
  ['/panier', { kind: 'cart', locale: 'fr' }],
  ['/en/cart', { kind: 'cart', locale: 'en' }],
  ['/en/panier', null],
  ['/panier/x', null],
  ['/cart', null],
  ['/commande/AH-7K3M9QXT', { kind: 'order', locale: 'fr', number: 'AH-7K3M9QXT' }],
  ['/en/order/AH-7K3M9QXT', { kind: 'order', locale: 'en', number: 'AH-7K3M9QXT' }],
  ['/commande', { kind: 'link', locale: 'fr' }],
  ['/en/order', { kind: 'link', locale: 'en' }],
  ['/commande/', null],
  ['/commande/a/b', null],
  ['/produits', null],
])('%s is personal: %j', (path, route) => expect(personalRoute(path)).toEqual(route));
test('an order’s address carries its token', () =>
  expect(routes.order('en', 'AH-7K3M9QXT', 'a/b')).toBe('/en/order/AH-7K3M9QXT?token=a%2Fb'));
