import { z } from 'zod';

/**
 * A statement's values: in the order of its `?`, or by the names of its `:name`s; from four values
 * on, by name. An absent value is null: knex leaves the name of an undefined one in the text. No
 * name is that of a type: `:int` is also the end of a cast, `::int`.
 */
export type Bindings = readonly unknown[] | Readonly<Record<string, unknown>>;

/**
 * The one thing that adapters need of a database connection or an open transaction (knex's `raw`).
 */
export interface Sql {
  raw(sql: string, bindings: Bindings): PromiseLike<{ rows: unknown[] }>;
}

/** A database that can open transactions (knex). */
export interface Database extends Sql {
  /**
   * Runs `work` in a transaction, which commits when `work` resolves and rolls back when it throws.
   */
  transaction<T>(work: (trx: Sql) => Promise<T>): Promise<T>;
}

/**
 * `document_id, created_at, updated_at, published_at` of a row that Strapi shows; its datetime
 * columns are UTC without a zone.
 */
export const STAMPS = 'document_id, created_at, updated_at, published_at';
export const STAMP_VALUES = `replace(gen_random_uuid()::text, '-', ''), now() at time zone 'UTC', now() at time zone 'UTC', now() at time zone 'UTC'`;
/** A named binding that is an instant, for such a column. */
export const instantOf = (name: string): string => `(:${name}::timestamptz at time zone 'UTC')`;
export const instant = (at: Date | null): string | null => at?.toISOString() ?? null;
/** Such a column read back with its zone. */
export const zoned = (column: string): string => `${column} at time zone 'UTC'`;

/**
 * Words of our own as a list of SQL literals, for a text that stays constant.
 * @throws RangeError of one that would need escaping
 */
export function literals(words: readonly string[]): string {
  const unsafe = words.find((word) => !/^[a-z_]+$/.test(word));
  if (unsafe !== undefined) throw new RangeError(`Not a plain word for SQL: ${unsafe}`);
  return words.map((word) => `'${word}'`).join(', ');
}

/**
 * A json column: Strapi switches its driver's own parsing off, for every connection of the process.
 */
export const jsonOf = <T>(schema: z.ZodType<T>): z.ZodType<T> =>
  z.preprocess(
    (value) => (typeof value === 'string' ? JSON.parse(value) : value),
    schema,
  ) as z.ZodType<T>;

/** Rows of a query, parsed. */
export async function rows<T>(
  sql: Sql,
  schema: z.ZodType<T>,
  query: string,
  bindings: Bindings = [],
): Promise<T[]> {
  return z.array(schema).parse((await sql.raw(query, bindings)).rows);
}
/** Runs a statement. @returns whether it answered a row (`returning 1`) */
export const wrote = async (sql: Sql, query: string, bindings: Bindings = []): Promise<boolean> =>
  (await sql.raw(query, bindings)).rows.length > 0;
