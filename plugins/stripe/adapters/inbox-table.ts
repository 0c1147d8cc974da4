/** The one thing these adapters need of a database or an open transaction (knex's `raw`). */
export interface Sql {
  raw(sql: string, bindings: readonly unknown[]): PromiseLike<{ rows: unknown[] }>;
}
/** A database that can open transactions (knex). */
export interface Database extends Sql {
  transaction<T>(work: (trx: Sql) => Promise<T>): Promise<T>;
}

/** Channel on which a new event is told when its transaction commits. */
export const CHANNEL = 'webhook_inbox';

/**
 * Events that are dealt with. Ninety days: Stripe sends one again for three, its list reaches back thirty, and a row is what says that
 * it has been here. Dead ones stay.
 */
export const DONE_EVENTS = {
  table: 'webhook_inbox',
  key: 'event_id',
  at: 'received_at',
  state: 'done',
  days: 90,
} as const;
