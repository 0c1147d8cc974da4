/** The one thing the outbox needs of a database or an open transaction (knex's `raw`). */
export interface Sql {
  raw(sql: string, bindings: readonly unknown[]): PromiseLike<{ rows: unknown[] }>;
}

/** A database that can open transactions (knex). */
export interface Database extends Sql {
  transaction<T>(work: (trx: Sql) => Promise<T>): Promise<T>;
}
