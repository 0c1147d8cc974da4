import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  createSeededDatabase,
  freePort,
  type RunningApi,
  startApi,
  type TestDatabase,
} from '@comptoir/harness';
import { smtpServer } from '@comptoir/mailer/fixture/smtp-server';

import { type Simulator, startSimulator } from '../../../../infra/stripe-simulator/index.ts';

/** What waits in the shop before it starts: more than the workers take at once. */
const BACKLOG = `with events as (insert into webhook_inbox (event_id, type, livemode, payload)
    select 'evt_' || n, 'checkout.session.completed', false, '{"id":"cs_test_1","paymentIntent":null}'::jsonb from generate_series(1, 3) n)
  insert into mail_outbox (key, kind, recipient, locale, data) values ('waiting', 'order-link', 'lea@example.test', 'fr',
    '{"orders":[{"number":"AH-7K2M9QXW","total":2800,"url":"https://shop.test/commande/AH-7K2M9QXW?token=t"}]}')`;
let database: TestDatabase;
let client: pg.Client;
let simulator: Simulator;
let smtp: ReturnType<typeof smtpServer>;
let api: RunningApi | undefined;
const silence = Promise.withResolvers<null>();
beforeAll(async () => {
  simulator = await startSimulator({ secretKey: 'sk_test_0123456789' });
  simulator.faults.add([{ kind: 'timeout-before', on: 'sessions.retrieve', times: 10 }]);
  smtp = smtpServer(await freePort());
  await smtp.start();
  smtp.behave({ data: () => silence.promise });
  database = await createSeededDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(BACKLOG);
});
afterAll(async () => {
  silence.resolve(null);
  await api?.stop();
  await smtp?.stop();
  await simulator?.close();
  await client?.end();
  await database?.drop();
});

test('a shop that starts with much to do while Stripe and the mail server are silent has connections left for itself', async () => {
  api = await startApi({
    databaseUrl: database.url,
    env: {
      STRIPE_SECRET_KEY: 'sk_test_0123456789',
      STRIPE_WEBHOOK_SECRET: 'whsec_0123456789',
      STRIPE_API_BASE: simulator.url,
      SMTP_URL: smtp.url,
    },
  });
  const { dataDir } = api;
  const log = (): string => readFileSync(join(dataDir, 'logs/api.log'), 'utf8');
  // The job that reads Stripe's list comes through: it needs its lock's connection and another.
  await vi.waitFor(
    async () =>
      expect(
        (await client.query('select reached_at is not null as reached from stripe_state')).rows,
      ).toEqual([{ reached: true }]),
    { timeout: 8000, interval: 50 },
  );
  expect(log()).not.toContain('Timeout acquiring a connection');
});
