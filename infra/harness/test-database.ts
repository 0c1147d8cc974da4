import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  url: string;
  name: string;
  drop: () => Promise<void>;
}

/** The shared server of this run; each test file takes databases of its own from it. */
export function serverUrl(): string {
  const url = process.env['COMPTOIR_TEST_POSTGRES'];
  if (!url)
    throw new Error(
      'No test Postgres: run integration tests with `vitest run --project integration`, which starts one.',
    );
  return url;
}

/** Runs one job on the server's own database. */
export async function onServer<T>(job: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    return await job(client);
  } finally {
    await client.end();
  }
}

function databaseUrl(name: string): string {
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return url.href;
}

/** A database for one test file, empty or a copy of `template`, on the shared test Postgres. */
export async function createDatabase(template?: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer((client) =>
    client.query(
      `create database ${name}${template ? ` template ${pg.escapeIdentifier(template)}` : ''}`,
    ),
  );
  return {
    name,
    url: databaseUrl(name),
    drop: async () => {
      await onServer((client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
}
