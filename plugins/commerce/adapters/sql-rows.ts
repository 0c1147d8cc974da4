import { z } from 'zod';

/** The one thing needed of a knex connection or transaction. */
export interface Sql {
  raw(sql: string, bindings: readonly unknown[]): PromiseLike<{ rows: unknown[] }>;
}

/** `document_id, created_at, updated_at, published_at` of a row that Strapi shows; its datetime columns are UTC without a zone. */
export const STAMPS = 'document_id, created_at, updated_at, published_at';
export const STAMP_VALUES = `replace(gen_random_uuid()::text, '-', ''), now() at time zone 'UTC', now() at time zone 'UTC', now() at time zone 'UTC'`;
/** A binding that is an instant, for such a column. */
export const INSTANT = `(?::timestamptz at time zone 'UTC')`;
export const instant = (at: Date | null): string | null => at?.toISOString() ?? null;
/** Such a column read back with its zone. */
export const zoned = (column: string): string => `${column} at time zone 'UTC'`;

/** A json column: Strapi switches its driver's own parsing off, for every connection of the process. */
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
  bindings: readonly unknown[] = [],
): Promise<T[]> {
  return z.array(schema).parse((await sql.raw(query, bindings)).rows);
}
/** Runs a statement. @returns whether it answered a row (`returning 1`) */
export const wrote = async (
  sql: Sql,
  query: string,
  bindings: readonly unknown[] = [],
): Promise<boolean> => (await sql.raw(query, bindings)).rows.length > 0;
