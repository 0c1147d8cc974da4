import pg from 'pg';

/** How the starting texts mark what only the owner knows, in each language. */
const MARKS = ['[À compléter', '[To complete'];

/**
 * Titles of the published pages that still have passages to complete, in order; none when the
 * database has no pages yet.
 * @throws when it does not answer
 */
export async function unfinishedPages(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    const {
      rows: [found],
    } = await client.query<{ table: string | null }>(
      `select to_regclass('catalogue_entries') as table`,
    );
    if (!found?.table) return [];
    const { rows } = await client.query<{ title: string }>(
      `select coalesce(body->>'title', key) as title from catalogue_entries where kind = 'page' and exists (select 1 from unnest($1::text[]) as mark where strpos(body::text, mark) > 0) order by 1`,
      [MARKS],
    );
    return rows.map(({ title }) => title);
  } finally {
    await client.end().catch(() => undefined);
  }
}
