/** The one thing that adapters need of a database connection or an open transaction (knex's `raw`). */
export interface Sql {
  raw(sql: string, bindings: readonly unknown[]): PromiseLike<{ rows: unknown[] }>;
}

/** A database that can open transactions (knex). */
export interface Database extends Sql {
  /** Runs `work` in a transaction, which commits when `work` resolves and rolls back when it throws. */
  transaction<T>(work: (trx: Sql) => Promise<T>): Promise<T>;
}
