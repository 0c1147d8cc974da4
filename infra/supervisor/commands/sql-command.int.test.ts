import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase } from '@comptoir/harness';

import { ask } from './sql-command.ts';

let database: Awaited<ReturnType<typeof createDatabase>>;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database?.drop());

test('a question is answered with a header and rows, each value as text', async () => {
  expect(
    await ask(
      database.url,
      `select 1 as n, null as nothing, true as yes, '{"a":1}'::jsonb as detail, '2026-11-25T10:00:00Z'::timestamptz as at`,
    ),
  ).toEqual([
    ['n', 'nothing', 'yes', 'detail', 'at'],
    ['1', '', 'true', '{"a":1}', '2026-11-25T10:00:00.000Z'],
  ]);
});
test.each([
  ['a write', 'create table t (n int)', /read-only transaction/],
  [
    'a second statement, which could end the transaction',
    'rollback; create table t (n int)',
    /multiple commands/,
  ],
  ['a program', `copy (select 1) to program 'true'`, /permission denied/],
  ['a slip', 'selct 1', /syntax error/],
])('%s is refused in Postgres’ words', async (_, question, words) => {
  await expect(ask(database.url, question)).rejects.toThrow(words);
  expect(
    await ask(database.url, `select count(*) as tables from pg_tables where tablename = 't'`),
  ).toEqual([['tables'], ['0']]);
});
