import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Simulator } from './index.ts';
import { begin, type Hook, listenForWebhooks, order, SECRET } from './test-simulator.ts';

let hook: Hook;
let simulator: Simulator;
let stripe: Stripe;
let url = '';
let id = '';
beforeEach(async () => {
  hook = await listenForWebhooks();
  ({ simulator, stripe } = await begin({
    webhook: { url: hook.url, secret: SECRET },
    retryDelays: [],
  }));
  ({ id } = await stripe.checkout.sessions.create(order()));
  url = `${simulator.url}/pay/${id}`;
});
afterEach(async () => {
  await simulator.close();
  hook.close();
});

const buyer = {
  email: 'camille@example.org',
  phone: '+33 6 12 34 56 78',
  name: 'Camille Exemple',
  line1: '12 rue des Potiers',
  line2: '',
  postalCode: '49000',
  city: 'Angers',
  country: 'FR',
};
const click = (action: string, change: Partial<typeof buyer> = {}): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ ...buyer, ...change, action }),
  });
const state = async () => {
  const { status, payment_status: payment } = await stripe.checkout.sessions.retrieve(id);
  return `${status} ${payment}`;
};
const SUCCESS = (): string => `http://127.0.0.1:9/commande?session=${id}`;

test('shows the order, its total and an example address, and says that it is a simulation', async () => {
  const answer = await fetch(url);
  const html = (await answer.text()).replaceAll(/[\u00a0\u202f]/g, ' ');
  for (const text of [
    'lang="fr"',
    'aucune carte n’est débitée',
    '2 × Tasse Rivage',
    'Colissimo',
    '62,90 €',
    'value="49000"',
    'AH-00000001',
    'href="http://127.0.0.1:9/panier"',
  ])
    expect(html).toContain(text);
  expect(answer.headers.get('content-security-policy')).toContain(
    "form-action 'self' http://127.0.0.1:9",
  );
  const plain = await stripe.checkout.sessions.create(
    order('AH-3', {
      shipping_options: [
        {
          shipping_rate_data: {
            type: 'fixed_amount',
            display_name: 'Livraison',
            fixed_amount: { amount: 690, currency: 'eur' },
          },
        },
      ],
    }),
  );
  expect(await (await fetch(`${simulator.url}/pay/${plain.id}`)).text()).toContain(
    '<dt>Livraison</dt>',
  );
  const english = await stripe.checkout.sessions.create(
    order('AH-2', {
      locale: 'en',
      shipping_address_collection: { allowed_countries: ['DE', 'AT'] },
    }),
  );
  expect(await (await fetch(`${simulator.url}/pay/${english.id}`)).text()).toMatch(
    /lang="en"[^]*no card is charged[^]*value="10115"[^]*Germany[^]*Austria/,
  );
});

test('paying sends the buyer back after the shop has heard of it; a second click too, without a second payment', async () => {
  const answer = await click('pay');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, SUCCESS()]);
  expect(hook.received.map(({ type }) => type)).toContain('checkout.session.completed');
  expect((await click('pay')).headers.get('location')).toBe(SUCCESS());
  expect(simulator.ledger()['AH-00000001']?.taken).toBe(6290);
  expect(await (await fetch(url)).text()).toContain('ne se paie qu’une fois');
});

test('a refused card says so and keeps what was typed', async () => {
  const answer = await click('decline', { name: 'Dominique <b>Autre</b>' });
  expect([answer.status, await answer.text()]).toEqual([
    402,
    expect.stringMatching(/role="alert">Votre carte a été refusée[^]*Dominique &#60;b/),
  ]);
  expect(await state()).toBe('open unpaid');
});

test('3-D Secure asks on a page of its own', async () => {
  expect(await (await click('secure')).text()).toContain('Votre banque demande une confirmation');
  expect(await (await click('reject')).text()).toContain('Rien n’a été débité');
  expect(await state()).toBe('open unpaid');
  await click('secure');
  expect((await click('confirm')).headers.get('location')).toBe(SUCCESS());
  expect(await state()).toBe('complete paid');
});

test('a delayed payment waits for a choice', async () => {
  expect(await (await click('later')).text()).toContain('Le paiement est en attente');
  expect(await state()).toBe('complete unpaid');
  expect((await click('arrive')).headers.get('location')).toBe(SUCCESS());
  expect(await state()).toBe('complete paid');
});

test('closing the tab pays and leads nowhere', async () => {
  const answer = await click('close');
  expect([answer.status, await answer.text()]).toEqual([
    200,
    expect.not.stringContaining('127.0.0.1:9/commande'),
  ]);
  expect(await state()).toBe('complete paid');
});

test('paying twice takes the money twice', async () => {
  expect((await click('twice')).headers.get('location')).toBe(SUCCESS());
  expect(simulator.ledger()['AH-00000001']).toMatchObject({ taken: 12_580 });
});

test('a bad form is shown again with what is wrong, and takes nothing', async () => {
  const answer = await click('pay', { city: ' ', country: 'US', email: 'camille' });
  const html = await answer.text();
  expect(answer.status).toBe(422);
  for (const name of ['city', 'country', 'email']) expect(html).toContain(`id="${name}-error"`);
  expect(await state()).toBe('open unpaid');
});

test('expired and unknown pages say so', async () => {
  await stripe.checkout.sessions.expire(id);
  expect((await fetch(url)).status).toBe(410);
  expect((await click('pay')).status).toBe(410);
  expect((await fetch(`${simulator.url}/pay/cs_test_none`)).status).toBe(404);
});

test('its root tells a browser what stands here and where the shop is, and a program that nothing does', async () => {
  const browse = (path: string, accept = 'text/html,*/*;q=0.8') =>
    fetch(`${simulator.url}${path}`, { headers: { accept } });
  const answer = await browse('/');
  expect([answer.status, answer.headers.get('content-security-policy')]).toEqual([
    200,
    expect.stringContaining("default-src 'none'"),
  ]);
  expect(await answer.text()).toMatch(
    /lang="fr"[^]*Rien de réel[^]*tient la place de Stripe[^]*href="http:\/\/127\.0\.0\.1:9"/,
  );
  for (const other of [await browse('/', 'application/json'), await browse('/elsewhere')])
    expect([other.status, other.headers.get('content-type')]).toEqual([404, 'application/json']);
  const { simulator: fresh } = await begin();
  expect(
    await (await fetch(`${fresh.url}/`, { headers: { accept: 'text/html' } })).text(),
  ).toContain('Aucune boutique');
  await fresh.close();
});
