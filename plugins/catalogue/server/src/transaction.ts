import type { Core } from '@strapi/strapi';

/**
 * A transaction of Strapi's query builder. Every writer of the read model takes one, so that
 * nothing is written outside it.
 */
export type Transaction = Parameters<Parameters<Core.Strapi['db']['transaction']>[0]>[0]['trx'];

/** Rows of a raw query. @param bindings values for `?`, in order */
export async function rowsOf(
  trx: Transaction,
  sql: string,
  bindings: readonly (string | number | boolean | null | readonly string[])[] = [],
): Promise<Record<string, unknown>[]> {
  const { rows }: { rows: Record<string, unknown>[] } = await trx.raw(sql, [...bindings]);
  return rows;
}

/** Runs `work` in a transaction, or in the one that is already open. */
export async function inTransaction<T>(
  strapi: Core.Strapi,
  work: (trx: Transaction) => Promise<T>,
): Promise<T> {
  return await strapi.db.transaction(({ trx }) => work(trx));
}

/**
 * Waits for other editors' transactions and makes them wait for this one, so that uniqueness checks
 * and the read model see each other's work. Stock and orders never take this lock. It ends with the
 * transaction.
 */
export const lockForEditing = (trx: Transaction): Promise<unknown> =>
  rowsOf(trx, "select pg_advisory_xact_lock(hashtext('comptoir:catalogue'))");
