import { join } from 'node:path';
import pg from 'pg';
import { ROOT } from '@comptoir/env';

import { runNode } from '../run-program.ts';
import { step } from '../say.ts';

/**
 * Whether the marker that ends a first run is missing: the database is new, or its first run was
 * cut short.
 */
export async function isNew(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    const { rows } = await client.query<{ table: string | null }>(
      `select to_regclass('catalogue_markers') as table`,
    );
    if (!rows[0]?.table) return true;
    return (
      (await client.query(`select 1 from catalogue_markers where name = 'seeded'`)).rowCount === 0
    );
  } finally {
    await client.end();
  }
}

/**
 * Tables, the shipped catalogue with its pictures, and the first administrator.
 * @throws Error with the command's last lines
 */
export const setUp = (env: NodeJS.ProcessEnv): Promise<void> =>
  step('First run: creating tables, importing the catalogue and its pictures', async () => {
    const { code, output } = await runNode([join(ROOT, 'cms/run.ts'), 'setup'], {
      env,
      quiet: true,
    });
    if (code !== 0)
      throw new Error(
        `The first run failed:\n${output.trim().split('\n').slice(-20).join('\n')}\nRun the command again; it goes on where it stopped.`,
      );
  });
