import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningApi, startApi } from '@comptoir/harness';

import { signature } from '../../../../infra/stripe-simulator/index.ts';

/**
 * Deliveries to the real route, behind the real door. Nobody answers for Stripe here: what is kept
 * stays in the inbox.
 */
const [NEW_SECRET, OLD_SECRET] = ['whsec_new0123456789', 'whsec_old0123456789'];
let api: RunningApi;
let client: pg.Client;
beforeAll(async () => {
  api = await startApi({
    env: {
      STRIPE_SECRET_KEY: 'sk_test_0123456789',
      STRIPE_WEBHOOK_SECRET: `${NEW_SECRET}, ${OLD_SECRET}`,
      STRIPE_API_BASE: 'http://127.0.0.1:9',
      LOG_LEVEL: 'info',
    },
  });
  client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await api?.stop();
});

const event = (id: string, change: Record<string, unknown> = {}): string =>
  JSON.stringify({
    id,
    object: 'event',
    type: 'customer.created',
    livemode: false,
    created: 1_790_000_000,
    data: { object: { id: 'cus_1', email: 'private@example.fr' } },
    ...change,
  });
const seconds = (): number => Math.floor(Date.now() / 1000);
const send = (
  body: NonNullable<RequestInit['body']>,
  header: string | null,
  type = 'application/json',
): Promise<Response> =>
  fetch(`${api.url}/api/paiements/stripe/webhook`, {
    method: 'POST',
    headers: { 'content-type': type, ...(header === null ? {} : { 'stripe-signature': header }) },
    body,
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    signal: AbortSignal.timeout(20_000),
  });
const rows = async (id = '%'): Promise<Record<string, unknown>[]> =>
  (
    await client.query(
      'select event_id, state, payload::text as payload from webhook_inbox where event_id like $1 order by 1',
      [id],
    )
  ).rows;

const broken = Buffer.concat([
  Buffer.from('{"id":"evt_bytes","x":"'),
  Buffer.from([0xff, 0xfe]),
  Buffer.from('"}'),
]);
/** Signed as Stripe signs: over the bytes, whatever they are. */
const signedBytes = (body: Buffer, at: number): string =>
  `t=${at},v1=${createHmac('sha256', NEW_SECRET).update(`${at}.`).update(body).digest('hex')}`;
/** A body that tells its length to nobody. */
const inPieces = (text: string): ReadableStream<Uint8Array> => new Blob([text]).stream();
const large = event('evt_large', { pad: 'x'.repeat(300_000) });
test.each<[string, number, () => Promise<Response>]>([
  ['unsigned', 400, () => send(event('evt_a'), null)],
  ['a header that says nothing', 400, () => send(event('evt_b'), 'v1=0')],
  [
    'signed with another secret',
    400,
    () => send(event('evt_c'), signature(event('evt_c'), 'whsec_other', seconds())),
  ],
  [
    'another body than was signed',
    400,
    () => send(event('evt_d'), signature(event('evt_e'), NEW_SECRET, seconds())),
  ],
  [
    'the same JSON with another space',
    400,
    () => send(`${event('evt_f')} `, signature(event('evt_f'), NEW_SECRET, seconds())),
  ],
  [
    'replayed after five minutes',
    400,
    () => send(event('evt_g'), signature(event('evt_g'), NEW_SECRET, seconds() - 310)),
  ],
  [
    'dated five minutes ahead',
    400,
    () => send(event('evt_h'), signature(event('evt_h'), NEW_SECRET, seconds() + 310)),
  ],
  ['rightly signed, and no UTF-8', 400, () => send(broken, signedBytes(broken, seconds()))],
  ['larger than 256 kB', 413, () => send(large, signature(large, NEW_SECRET, seconds()))],
  [
    'larger than 256 kB, its length untold',
    413,
    () => send(inPieces(large), signature(large, NEW_SECRET, seconds())),
  ],
  [
    'signed with a secret of nothing',
    400,
    () => send(event('evt_k'), signature(event('evt_k'), '', seconds())),
  ],
  [
    'dated at the end of time',
    400,
    () => send(event('evt_l'), signature(event('evt_l'), NEW_SECRET, 999_999_999_999)),
  ],
  [
    'two dates, the fresh one unsigned',
    400,
    () =>
      send(
        event('evt_m'),
        `t=${seconds()},${signature(event('evt_m'), NEW_SECRET, seconds() - 3600)}`,
      ),
  ],
  ['no JSON', 400, () => send('hello', signature('hello', NEW_SECRET, seconds()))],
  [
    'no event',
    400,
    () => send('{"id":"evt_i"}', signature('{"id":"evt_i"}', NEW_SECRET, seconds())),
  ],
  [
    'an id of another kind',
    400,
    () => send(event('cs_1'), signature(event('cs_1'), NEW_SECRET, seconds())),
  ],
  [
    'real money, with a test key',
    400,
    () =>
      send(
        event('evt_j', { livemode: true }),
        signature(event('evt_j', { livemode: true }), NEW_SECRET, seconds()),
      ),
  ],
])('%s: refused, and the database is not touched', async (_, status, deliver) => {
  // Whoever touches the inbox now, to write or to read, waits until the refusal was heard.
  await client.query('begin');
  await client.query('lock table webhook_inbox in access exclusive mode');
  try {
    const answer = await deliver();
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ data: null, error: { status } });
  } finally {
    await client.query('commit');
  }
  expect(await rows()).toEqual([]);
});

test('what is sent again within five minutes is known already, and stays one event', async () => {
  const body = event('evt_again');
  const header = signature(body, NEW_SECRET, seconds());
  for (let times = 0; times < 3; times += 1) expect((await send(body, header)).status).toBe(200);
  expect(await rows('evt_again')).toHaveLength(1);
});

test.each([
  ['new', NEW_SECRET],
  ['old', OLD_SECRET],
])(
  'what the %s secret signed is kept once, whatever the content type, without what is private in it',
  async (name, secret) => {
    const body = event(`evt_${name}`);
    for (const type of ['application/json', 'text/plain'])
      expect((await send(body, signature(body, secret, seconds() - 200), type)).status).toBe(200);
    const [row, ...more] = await rows(`evt_${name}`);
    expect(more).toEqual([]);
    expect(String(row?.['payload'])).not.toContain('private');
  },
);

test('other methods are not the webhook', async () => {
  expect((await fetch(`${api.url}/api/paiements/stripe/webhook`)).status).toBe(404);
});

test('every delivery is one line of the log, without its content', () => {
  const log = readFileSync(join(api.dataDir, 'logs/api.log'), 'utf8');
  for (const words of [
    'refused: forged',
    'refused: stale',
    'refused: future',
    'refused: too large',
    'evt_new customer.created: received',
    'evt_new customer.created: known already',
  ])
    expect(log).toContain(words);
  expect(log).not.toContain('private@example.fr');
});
