import { type Level, move, type Moved, type Movement } from '../domain/movement.ts';
import type { StockLedger } from '../domain/stock-ledger-port.ts';

/** Tells the catalogue what shoppers may see, in the same transaction. */
export type ShowAvailability = (level: Level, before: Level) => Promise<void>;
type StockChange = Omit<Movement, 'delta'>;
/** Whether what was recorded before under the same request is this. */
type IsSameChange = (recorded: Pick<Movement, 'delta' | 'reason'>) => boolean;

/**
 * Changes a locked level by what `deltaOf` makes of it. A request that was recorded before changes
 * nothing more: it answers the level, or `request-taken` when it asked for something else then.
 */
const change =
  (ledger: StockLedger, show: ShowAvailability) =>
  async (
    asked: StockChange,
    deltaOf: (level: Level) => Promise<number>,
    same: IsSameChange,
  ): Promise<Moved> => {
    const level = await ledger.lock(asked.sku);
    if (!level) return { ok: false, reason: 'unknown-sku' };
    // Looked for with the level locked: the first of two that meet has written by now.
    const before = asked.request === undefined ? undefined : await ledger.recorded(asked.request);
    if (before)
      return before.sku === asked.sku && same(before)
        ? { ok: true, level }
        : { ok: false, reason: 'request-taken' };
    const delta = await deltaOf(level);
    const outcome = move(level, { delta });
    if (!outcome.ok || delta === 0) return outcome;
    await ledger.record({ ...asked, delta }, outcome.level);
    await show(outcome.level, level);
    return outcome;
  };

/**
 * Changes the count of one SKU, leaving a movement row and the new availability; refusals write
 * nothing. Sent again under its request (its answer was lost) it is the same change.
 */
export const adjustStock =
  (ledger: StockLedger, show: ShowAvailability) =>
  ({ delta, ...asked }: Movement): Promise<Moved> =>
    change(ledger, show)(
      asked,
      () => Promise.resolve(delta),
      (recorded) => recorded.delta === delta,
    );

/**
 * What staff counted in the house, reserved pieces and those of paid orders that have not left
 * included.
 */
export interface Count extends Omit<StockChange, 'reason'> {
  counted: number;
}

/**
 * Makes the count of one SKU what staff found, as a movement of the difference. Pieces of paid
 * orders are no stock any more, and are counted all the same until they leave: they are taken off
 * here, under the lock, so that a payment between counting and typing changes nothing.
 */
export const countStock =
  (ledger: StockLedger, show: ShowAvailability) =>
  ({ counted, ...asked }: Count): Promise<Moved> => {
    const reason = `Inventaire : ${counted} en main`;
    return change(ledger, show)(
      { ...asked, reason },
      async ({ sku, onHand }) => counted - (await ledger.toSend(sku)) - onHand,
      (recorded) => recorded.reason === reason,
    );
  };
