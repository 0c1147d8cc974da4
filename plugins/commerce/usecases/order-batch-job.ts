import type { InTransaction, OrderStore } from '../domain/order-ports.ts';

/** Orders of one run; the next run takes the rest. */
export const BATCH_SIZE = 50;
/**
 * A run that has worked for so long begins with no further order: other jobs wait for their turn,
 * and the next run comes soon. Milliseconds.
 */
const LONGEST_RUN_MS = 20_000;

export interface JobPorts {
  now(): Date;
  inTransaction: InTransaction;
  /** Told of an order that a job could not deal with, for the log. */
  onItemError(number: string, error: unknown): void;
}
/**
 * Finds what is due: at most {@link BATCH_SIZE} items, from the one after `after` on (null = from
 * the first).
 */
type FindDue<Item> = (orders: OrderStore, after: Item | null) => Promise<Item[]>;

/**
 * A scheduled job over the orders that are due. An order that fails is told and left for later: it
 * stops none of the others. Each run goes on where the one before it ended, so that orders which
 * stay undecided do not stand before the rest for ever, and neither do the timeouts of a silent
 * provider, which would make one run of fifty orders last a quarter of an hour.
 * @returns what came of those that were dealt with @throws when the database itself does not answer
 */
export function batchJob<Item extends { number: string }, Result>(
  { inTransaction, onItemError, now }: JobPorts,
  findDue: FindDue<Item>,
  work: (item: Item) => Promise<Result>,
): () => Promise<Result[]> {
  let last: Item | null = null;
  const next = (after: Item | null): Promise<Item[]> =>
    inTransaction(({ orders }) => findDue(orders, after));
  return async () => {
    const rest = last === null ? [] : await next(last);
    const items = rest.length > 0 ? rest : await next(null);
    const results: Result[] = [];
    const end = now().getTime() + LONGEST_RUN_MS;
    for (const item of items) {
      if (now().getTime() >= end) return results;
      try {
        results.push(await work(item));
      } catch (error) {
        onItemError(item.number, error);
        // Without a database all the others would fail as well.
        await inTransaction(() => Promise.resolve());
      }
      last = item;
    }
    if (items.length < BATCH_SIZE) last = null;
    return results;
  };
}
