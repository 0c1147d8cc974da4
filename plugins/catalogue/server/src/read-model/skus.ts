import { type CatalogueEntry, type EntryId, NO_LOCALE } from '@comptoir/contracts';

import { availabilityBody, type StockCount } from '../../../domain/availability.ts';
import { stockPort } from '../stock-port.ts';
import { rowsOf, type Transaction } from '../transaction.ts';
import { withdrawEntries, writeEntries } from './write-entries.ts';

const availabilityId = (sku: string): EntryId => ({
  kind: 'availability',
  key: sku,
  locale: NO_LOCALE,
});
export const availabilityEntry = (count: StockCount): CatalogueEntry => ({
  kind: 'availability',
  key: count.sku,
  locale: NO_LOCALE,
  body: availabilityBody(count),
});

const CLAIM = `
  insert into catalogue_skus (sku, reference)
  select sku, reference from jsonb_to_recordset(?::jsonb) as x(sku text, reference text)
  on conflict (sku) do nothing`;

/**
 * Makes the visible SKUs of each product exactly those given and writes their availability. Only
 * SKUs that appear or disappear lock their stock row (before the SKU row, as a stock change does),
 * so publishing a product again makes no order wait.
 * @param wanted SKUs by reference
 * @param counted SKUs whose stock the caller changes next: locked here with the others, all at once
 * and in order. Locked after them, they could be held by an order that waits for one of those.
 */
export async function setSkusOf(
  trx: Transaction,
  wanted: ReadonlyMap<string, readonly string[]>,
  counted: readonly string[] = [],
): Promise<number> {
  const rows = await rowsOf(
    trx,
    'select sku, reference from catalogue_skus where reference = any(?::text[])',
    [[...wanted.keys()]],
  );
  const known = new Map(rows.map(({ sku, reference }) => [String(sku), String(reference)]));
  const claims = [...wanted].flatMap(([reference, skus]) =>
    skus.filter((sku) => known.get(sku) !== reference).map((sku) => ({ sku, reference })),
  );
  const released = [...known]
    .filter(([sku, reference]) => !wanted.get(reference)?.includes(sku))
    .map(([sku]) => sku);
  const added = new Set(claims.map(({ sku }) => sku));
  const gone = released.filter((sku) => !added.has(sku));
  const locked = [...added, ...gone, ...counted];
  const counts = locked.length === 0 ? [] : await stockPort().open(trx, locked);
  if (added.size + gone.length === 0) return 0;
  await rowsOf(
    trx,
    'delete from catalogue_skus where sku = any(?::text[]) and reference = any(?::text[])',
    [released, [...wanted.keys()]],
  );
  await rowsOf(trx, CLAIM, [JSON.stringify(claims)]);
  const shown = counts.filter(({ sku }) => added.has(sku)).map(availabilityEntry);
  return (await withdrawEntries(trx, gone.map(availabilityId))) + (await writeEntries(trx, shown));
}

/** {@link setSkusOf} for one product. */
export const setSkus = (
  trx: Transaction,
  reference: string,
  skus: readonly string[],
): Promise<number> => setSkusOf(trx, new Map([[reference, skus]]));

/**
 * Writes a SKU's availability after a stock change; does nothing while no published product sells
 * it. The stock row must be locked.
 */
export async function writeAvailability(trx: Transaction, count: StockCount): Promise<void> {
  const sold = await rowsOf(trx, 'select 1 from catalogue_skus where sku = ?', [count.sku]);
  if (sold.length > 0) await writeEntries(trx, [availabilityEntry(count)]);
}
