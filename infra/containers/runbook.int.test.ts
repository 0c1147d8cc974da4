import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSeededDatabase } from '@comptoir/harness';

import { ROOT } from './compose-file.ts';

const runbook = readFileSync(join(ROOT, 'infra/runbook/README.md'), 'utf8');
/** What the runbook asks psql, without the shell around it. */
const statements = [...runbook.matchAll(/\bsql "([^"]+)"/g)].map(([, statement = '']) => statement);

let database: Awaited<ReturnType<typeof createSeededDatabase>>;
let client: pg.Client;
beforeAll(async () => {
  database = await createSeededDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

test('it asks the database enough to be worth checking', () =>
  expect(statements.length).toBeGreaterThan(15));
test.each(statements)("a shop's database answers: %s", async (statement) => {
  await client.query('begin');
  const answer = client.query(statement);
  await expect(answer.finally(() => client.query('rollback'))).resolves.toBeDefined();
});
test('a sound shop answers the last check with no line', async () => {
  for (const statement of statements.slice(-2))
    expect((await client.query(statement)).rows).toEqual([]);
});
