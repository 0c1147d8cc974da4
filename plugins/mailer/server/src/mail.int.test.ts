import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NewMail } from '@comptoir/contracts/mails';
import { pgSql } from '@comptoir/database/fixture/pg-sql';
import { freePort, type RunningApi, startApi, testAdmin } from '@comptoir/harness';

import { outboxState } from '../../../../cms/door/mail-health.ts';
import { caller, login } from '../../../../cms/staff/client.fixture.ts';
import { claim, enqueue } from '../../adapters/mail-outbox.ts';
import { sendAgain } from '../../adapters/outbox-log.ts';
import { smtpServer } from '../../fixture/smtp-server.ts';

let api: RunningApi;
let client: pg.Client;
let smtp: ReturnType<typeof smtpServer>;
beforeAll(async () => {
  smtp = smtpServer(await freePort());
  await smtp.start();
  api = await startApi({ env: { SMTP_URL: smtp.url } });
  client = new pg.Client({ connectionString: api.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await api?.stop();
  await smtp?.stop();
});
beforeEach(() => {
  smtp.behave({});
  smtp.received.length = 0;
});

const link = (key: string, to = 'lea@example.test'): NewMail => ({
  kind: 'order-link',
  key,
  to,
  locale: 'fr',
  data: {
    orders: [
      { number: 'AH-7K2M9QXW', total: 2800, url: 'https://shop.test/commande/AH-7K2M9QXW?token=t' },
    ],
  },
});
const row = async (key: string): Promise<Record<string, unknown>> =>
  (
    await client.query('select state, attempts, last_error, data from mail_outbox where key = $1', [
      key,
    ])
  ).rows[0] ?? {};
const until = (wanted: () => unknown, timeout = 20_000): Promise<unknown> =>
  vi.waitFor(wanted, { timeout, interval: 50 });
const arrivals = (key: string): string[] =>
  smtp.received.map(({ messageId }) => messageId).filter((id) => id.startsWith(`<${key}@`));
const plainText = (raw: string): string =>
  raw
    .replace(/=\r\n/g, '')
    .replace(/(?:=[0-9A-F]{2})+/g, (bytes) =>
      Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'),
    );

describe('delivery', () => {
  test('a committed mail leaves at once, from the shop, in HTML and in text, under its key', async () => {
    await enqueue(pgSql(client), link('order-link-1'));
    await until(() => expect(arrivals('order-link-1')).toHaveLength(1));
    const raw = plainText(smtp.received[0]?.raw ?? '');
    for (const part of [
      'From: Atelier Huit <bonjour@atelier-huit.example>',
      'To: lea@example.test',
      'Auto-Submitted: auto-generated',
      'text/plain',
      'text/html',
      '28,00\u00a0€',
      'https://shop.test/commande/AH-7K2M9QXW?token=t',
      '8 rue de l’Exemple',
    ])
      expect(raw).toContain(part);
    await until(async () =>
      expect(await row('order-link-1')).toMatchObject({
        state: 'sent',
        attempts: 1,
        last_error: null,
      }),
    );
  });

  test('the same key is one mail, and a transaction that fails sends nothing', async () => {
    await client.query('begin');
    await enqueue(pgSql(client), link('order-link-undone'));
    await client.query('rollback');
    expect(await enqueue(pgSql(client), link('order-link-twice'))).toEqual({ state: 'waiting' });
    expect(await enqueue(pgSql(client), link('order-link-twice'))).toEqual({ state: 'known' });
    await until(async () => expect(await row('order-link-twice')).toMatchObject({ state: 'sent' }));
    expect([arrivals('order-link-twice').length, arrivals('order-link-undone').length]).toEqual([
      1, 0,
    ]);
  });

  test('a refused address is given up with the reason; the others leave', async () => {
    smtp.behave({
      recipient: (address) => (address.startsWith('nobody') ? '550 no such user here' : null),
    });
    await enqueue(pgSql(client), link('order-link-refused', 'nobody@example.test'));
    await enqueue(pgSql(client), link('order-link-after'));
    await until(async () => expect(await row('order-link-after')).toMatchObject({ state: 'sent' }));
    expect(await row('order-link-refused')).toMatchObject({
      state: 'dead',
      attempts: 1,
      last_error: expect.stringContaining('no such user here'),
    });
    const log = readFileSync(join(api.dataDir, 'logs/api.log'), 'utf8');
    expect([
      log.includes('mail order-link-refused given up: refused 550'),
      log.includes('no such user here'),
      log.includes('nobody@example.test'),
    ]).toEqual([true, false, false]);
  });

  test('a full mailbox is tried again later', async () => {
    smtp.behave({ data: () => '452 mailbox full' });
    await enqueue(pgSql(client), link('order-link-full'));
    await until(async () =>
      expect(await row('order-link-full')).toMatchObject({
        state: 'waiting',
        attempts: 1,
        last_error: expect.stringContaining('mailbox full'),
      }),
    );
    smtp.behave({});
    await client.query(`update mail_outbox set next_at = now() where key = 'order-link-full'`);
    await client.query(`select pg_notify('mail_outbox', '')`);
    await until(async () =>
      expect(await row('order-link-full')).toMatchObject({ state: 'sent', attempts: 2 }),
    );
  });

  test('a mail that does not fit its kind is kept as dead with its reason, whatever is in it', async () => {
    const broken = { ...link('order-link-\0-broken', ''), locale: 'fr' as const };
    broken.data = { orders: [{ number: 'AH\0\ud800', total: 1.5, url: 'javascript:alert(1)' }] };
    await client.query('begin');
    expect(await enqueue(pgSql(client), broken)).toMatchObject({ state: 'dead' });
    await client.query('commit');
    expect(await row('order-link--broken')).toMatchObject({
      state: 'dead',
      attempts: 0,
      last_error: expect.stringMatching(/does not fit its kind: .*to .*data\.orders\.0\.url/),
      data: { orders: [{ number: 'AH\ufffd', total: 1.5, url: 'javascript:alert(1)' }] },
    });
    expect(await outboxState(api.databaseUrl)).toMatchObject({ dead: expect.any(Number) });
  });

  test('a row that fits no kind is given up and holds nothing up', async () => {
    await client.query(
      `insert into mail_outbox (key, kind, recipient, locale, data) values ('odd', 'newsletter', 'a@b.test', 'fr', '{}')`,
    );
    await enqueue(pgSql(client), link('order-link-behind'));
    await until(async () =>
      expect(await row('order-link-behind')).toMatchObject({ state: 'sent' }),
    );
    expect(await row('odd')).toMatchObject({
      state: 'dead',
      last_error: expect.stringContaining('does not fit'),
    });
  });

  test('while the server is away mails wait, health tells it after ten minutes, and all leave when it is back', async () => {
    await smtp.stop();
    const keys = ['away-1', 'away-2', 'away-3'];
    for (const key of keys) await enqueue(pgSql(client), link(key));
    await until(async () =>
      expect(
        (
          await client.query(
            `select 1 from mail_outbox where key like 'away-%' and last_error like '%ECONNREFUSED%'`,
          )
        ).rows.length,
      ).toBeGreaterThan(0),
    );
    await client.query(
      `update mail_outbox set created_at = now() - interval '11 minutes' where key = 'away-1'`,
    );
    await until(async () =>
      expect((await caller(api.url)('GET', '/health')).body).toMatchObject({
        status: 'degraded',
        checks: { mail: { status: 'degraded', waiting: 3 } },
      }),
    );
    const metrics = await (await fetch(api.metricsUrl)).text();
    expect(Number(/^mail_outbox_age_seconds\S* (\S+)$/m.exec(metrics)?.[1])).toBeGreaterThan(600);
    await smtp.start();
    await until(() => expect(keys.flatMap(arrivals)).toHaveLength(3), 70_000);
    await until(async () =>
      expect((await caller(api.url)('GET', '/health')).body).toMatchObject({
        checks: { mail: { status: 'ok', waiting: 0 } },
      }),
    );
  });

  test('killed between handing over and writing it down, the same mail leaves again under the same Message-ID', async () => {
    let kills = 0;
    const taken: string[] = [];
    smtp.behave({
      data: ({ messageId }) => {
        taken.push(messageId);
        if ((kills += 1) === 1)
          process.kill(
            Number(/\d+/.exec(readFileSync(join(api.dataDir, 'run/strapi.pid'), 'utf8'))?.[0]),
            'SIGKILL',
          );
        return null;
      },
    });
    await enqueue(pgSql(client), link('order-link-killed'));
    await until(
      async () => expect(await row('order-link-killed')).toMatchObject({ state: 'sent' }),
      90_000,
    );
    expect(taken).toHaveLength(2);
    expect(new Set(taken).size).toBe(1);
    // Mails leave as soon as Strapi listens; the door notices a moment later, and the next tests
    // ask through it.
    await until(
      async () =>
        expect((await caller(api.url)('GET', '/health')).body).toMatchObject({
          checks: { strapi: { status: 'ok' } },
        }),
      60_000,
    );
  });
});

describe('a confirmation', () => {
  const order = {
    number: 'AH-7K2M9QXW',
    lines: [{ name: 'Tasse', quantity: 1, total: 2800 }],
    subtotal: 2800,
    discount: 0,
    shipping: 0,
    total: 2800,
    vat: [],
  };
  const confirmed = (key: string, locale: 'fr' | 'en' = 'fr'): NewMail => ({
    kind: 'order-confirmed',
    key,
    to: 'lea@example.test',
    locale,
    data: { order, address: null, delivery: null, url: 'https://shop.test/c' },
  });
  const terms = (body: string) =>
    client.query(
      `update catalogue_entries set body = ${body} where kind = 'page' and key = 'terms-of-sale'`,
    );
  const read = async (key: string): Promise<string> => {
    await until(() => expect(arrivals(key)).toHaveLength(1));
    return plainText(
      smtp.received.find(({ messageId }) => messageId.startsWith(`<${key}@`))?.raw ?? '',
    );
  };

  test('carries the terms and the withdrawal form in its language, kept once for all mails of a version', async () => {
    await enqueue(pgSql(client), confirmed('order-confirmed-1'));
    await enqueue(pgSql(client), confirmed('order-confirmed-2'));
    await enqueue(pgSql(client), confirmed('order-confirmed-3', 'en'));
    const raw = await read('order-confirmed-1');
    for (const words of [
      '/pages/conditions-de-vente',
      'FORMULAIRE DE RÉTRACTATION',
      'Nom du consommateur',
      '26220 Dieulefit',
    ])
      expect(raw).toContain(words);
    expect(await read('order-confirmed-3')).toContain('WITHDRAWAL FORM');
    expect((await client.query('select count(*)::int as n from mail_enclosures')).rows).toEqual([
      { n: 2 },
    ]);
  });

  test('has the terms of the moment it was written, also when it leaves later or again; without a terms page it leaves without them', async () => {
    await client.query('begin');
    await enqueue(pgSql(client), confirmed('order-confirmed-4'));
    await client.query(
      `update mail_outbox set next_at = now() + interval '1 day' where key = 'order-confirmed-4'`,
    );
    await client.query('commit');
    await terms(`jsonb_set(body, '{bodyMarkdown}', '"Autres conditions."')`);
    await enqueue(pgSql(client), confirmed('order-confirmed-5'));
    expect(await read('order-confirmed-5')).toContain('Autres conditions.');
    await terms('null');
    await enqueue(pgSql(client), confirmed('order-confirmed-6'));
    expect(await read('order-confirmed-6')).not.toContain('conditions');
    expect(await sendAgain(pgSql(client), 'order-confirmed-4')).toBe(true);
    expect(await read('order-confirmed-4')).toContain('FORMULAIRE');
    await until(async () =>
      expect(await row('order-confirmed-4')).toMatchObject({ state: 'sent' }),
    );
    expect(await sendAgain(pgSql(client), 'order-confirmed-4')).toBe(true);
    await until(() =>
      expect(
        smtp.received.filter(({ messageId }) => messageId.startsWith('<order-confirmed-4-again-')),
      ).toHaveLength(1),
    );
    expect(plainText(smtp.received.at(-1)?.raw ?? '')).toContain('FORMULAIRE');
  });
});

describe('the outbox', () => {
  test('two drains never hold the same mail', async () => {
    await client.query(
      `insert into mail_outbox (key, kind, recipient, locale, data, next_at) select 'held-' || n, 'order-link', 'a@b.test', 'fr', '{}', now() + interval '1 day' from generate_series(1, 2) n`,
    );
    const other = new pg.Client({ connectionString: api.databaseUrl });
    await other.connect();
    try {
      for (const one of [client, other]) await one.query('begin');
      const due = `update mail_outbox set next_at = now() - interval '1 day' where key = $1`;
      // Each sees its own row as due only within its transaction; the shop's drain sees neither.
      await client.query(due, ['held-1']);
      await other.query(due, ['held-2']);
      expect([(await claim(pgSql(client)))?.key, (await claim(pgSql(other)))?.key]).toEqual([
        'held-1',
        'held-2',
      ]);
    } finally {
      await client.query('rollback');
      await other.query('rollback');
      await other.end();
      await client.query(`delete from mail_outbox where key like 'held-%'`);
    }
  });

  test.each([
    `insert into mail_outbox (key, kind, recipient, locale, data, state) values ('x', 'k', 'a@b.test', 'fr', '{}', 'lost')`,
    `insert into mail_outbox (key, kind, recipient, locale, data, state) values ('x', 'k', 'a@b.test', 'fr', '{}', 'sent')`,
    `insert into mail_outbox (key, kind, recipient, locale, data, attempts) values ('x', 'k', 'a@b.test', 'fr', '{}', -1)`,
    `insert into mail_outbox (key, kind, recipient, locale, data) values ('order-link-1', 'k', 'a@b.test', 'fr', '{}')`,
  ])('the database refuses: %s', async (sql) => {
    await expect(client.query(sql)).rejects.toThrow(/constraint/);
  });
});

describe('a forgotten password', () => {
  const forgot = (email: string) => caller(api.url)('POST', '/admin/forgot-password', { email });

  test('the link arrives and works, and the outbox forgets it', async () => {
    expect((await forgot(testAdmin.email)).status).toBe(204);
    await until(() => expect(smtp.received.map(({ to }) => to)).toEqual([testAdmin.email]));
    const code = new RegExp(`${api.url}/admin/auth/reset-password\\?code=(\\w+)`).exec(
      plainText(smtp.received[0]?.raw ?? ''),
    )?.[1];
    const answer = await caller(api.url)('POST', '/admin/reset-password', {
      resetPasswordToken: code,
      password: 'Argile-Verte-2027',
    });
    expect(answer.status).toBe(200);
    expect((await login(api.url, testAdmin.email, 'Argile-Verte-2027')).name).toBeDefined();
    await until(async () =>
      expect(
        (await client.query(`select state, data from mail_outbox where kind = 'staff-password'`))
          .rows,
      ).toEqual([{ state: 'sent', data: {} }]),
    );
  });

  test('an unknown address gets the same answers and no mail, and both are limited', async () => {
    const known = await forgot(testAdmin.email);
    const unknown = await forgot('inconnue@atelier-huit.test');
    expect(unknown).toEqual(known);
    const statuses = await Promise.all(
      ['inconnue@atelier-huit.test', testAdmin.email].map(async (email) => {
        let status = 204;
        for (let asked = 0; asked < 6 && status === 204; asked += 1)
          ({ status } = await forgot(email));
        return status;
      }),
    );
    expect(statuses).toEqual([429, 429]);
    expect(
      (await client.query(`select 1 from mail_outbox where recipient like 'inconnue%'`)).rows,
    ).toEqual([]);
  });
});

test('where mails really leave there is no inbox to look into', async () => {
  expect((await caller(api.url)('GET', '/api/courrier')).status).toBe(404);
  expect((await caller(api.url)('GET', '/api/courrier/order-link-1')).status).toBe(404);
});
