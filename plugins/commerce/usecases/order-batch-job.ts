import type { InTransaction, OrderStore } from '../domain/order-ports.ts';

/** Orders of one round; the next round takes the rest. */
export const BATCH_SIZE = 50;
/** A round that has worked for so long begins with no further order: other rounds wait for their turn, and the next one comes soon. Milliseconds. */
const LONGEST_MS = 20_000;

export interface JobPorts {
  now(): Date;
  inTransaction: InTransaction;
  /** Told of an order that a round could not deal with, for the log. */
  onItemError(number: string, error: unknown): void;
}
/** What a round deals with, read after an item of the last one (null = from the first on), at most {@link BATCH_SIZE}. */
export type Due<Item> = (orders: OrderStore, after: Item | null) => Promise<Item[]>;

/**
 * A round over what is due. An order that fails is told and left for later: it stops none of the others. Each round goes on where
 * the one before it ended, so that orders of which nobody can say anything do not stand before the rest for ever, and neither do the
 * timeouts of a silent provider, which would make one round of fifty orders last a quarter of an hour.
 * @returns what came of those that were dealt with @throws when the database itself does not answer
 */
export function batchJob<Item extends { number: string }, Result>(
  { inTransaction, onItemError, now }: JobPorts,
  due: Due<Item>,
  work: (item: Item) => Promise<Result>,
): () => Promise<Result[]> {
  let last: Item | null = null;
  const next = (after: Item | null): Promise<Item[]> =>
    inTransaction(({ orders }) => due(orders, after));
  return async () => {
    const rest = last === null ? [] : await next(last);
    const items = rest.length > 0 ? rest : await next(null);
    const results: Result[] = [];
    const end = now().getTime() + LONGEST_MS;
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
