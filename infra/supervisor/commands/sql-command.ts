import pg from 'pg';

import { columns } from '../say.ts';
import { commandDatabase } from '../shop/command-database.ts';
import { INTERRUPTED, stopInOrder } from '../shop/stop.ts';
import { readSettings } from '../supervisor-settings.ts';

const TIMEOUT_MS = 60_000;

function shown(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/**
 * One statement in a transaction that can only read.
 * @returns a header and the rows, as text
 * @throws Error with Postgres' words
 */
export async function ask(url: string, question: string): Promise<string[][]> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5000,
    statement_timeout: TIMEOUT_MS,
  });
  await client.connect();
  try {
    await client.query('begin read only');
    // The embedded database's account may do anything, even run programs: it gives these rights up
    // for those of a reader.
    await client.query(
      `select set_config('role', 'pg_read_all_data', true) where pg_has_role('pg_read_all_data', 'member')`,
    );
    // The extended protocol takes one statement: nothing can end the transaction and write after
    // it.
    const asked: pg.QueryArrayConfig & { queryMode: 'extended' } = {
      text: question,
      rowMode: 'array',
      queryMode: 'extended',
    };
    const { fields, rows } = await client.query<unknown[]>(asked);
    return [fields.map(({ name }) => name), ...rows.map((row) => row.map(shown))];
  } finally {
    await client.end();
  }
}

/**
 * Resolves when the reader has taken all of it: the process ends right after, and a pipe holds 64
 * KiB only.
 */
const print = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });

/**
 * `npm run sql -- "select …"`: one question to the shop's database, with the shop running or not.
 * @returns its exit code
 * @throws Error in one sentence
 */
export async function sql(args: readonly string[]): Promise<number> {
  const question = args.join(' ').trim();
  if (question === '')
    throw new Error(
      'Which question? For example: npm run sql -- "select number, status from orders"',
    );
  const stopper = stopInOrder(INTERRUPTED);
  try {
    const [header = [], ...rows] = await ask(
      await commandDatabase(readSettings(), stopper),
      question,
    );
    await print(
      `${columns([header, ...rows])}\n(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})\n`,
    );
    return 0;
  } finally {
    await stopper.all();
  }
}
