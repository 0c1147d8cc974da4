import { NO_LOCALE, type CatalogueEntry, type EntryId } from '@comptoir/contracts';
import { availabilityOf, type StockCount } from '../../../domain/availability.ts';
import { rowsOf, type Transaction } from '../database.ts';
import { stockPort } from '../ports.ts';
import { withdrawEntries, writeEntries } from './entries.ts';

const availabilityId = (sku: string): EntryId => ({ kind: 'availability', key: sku, locale: NO_LOCALE });
export const availabilityEntry = (count: StockCount): CatalogueEntry =>
  ({ kind: 'availability', key: count.sku, locale: NO_LOCALE, body: { state: availabilityOf(count) } });

/** Claims SKUs for a product. @returns those another product holds, with its reference */
export async function claimSkus(trx: Transaction, reference: string, skus: readonly string[]): Promise<Map<string, string>> {
  const taken = new Map<string, string>();
  for (const sku of [...skus].sort()) {
    const claimed = await rowsOf(trx, 'insert into catalogue_skus (sku, reference) values (?, ?) on conflict (sku) do nothing returning sku', [sku, reference]);
    if (claimed.length > 0) continue;
    const [holder] = await rowsOf(trx, 'select reference from catalogue_skus where sku = ?', [sku]);
    if (holder && holder['reference'] !== reference) taken.set(sku, String(holder['reference']));
  }
  return taken;
}

/**
 * Makes a product's visible SKUs exactly `skus` and writes their availability. Only SKUs that appear or disappear lock
 * their stock row (before the SKU row, as a stock change does), so publishing a product again makes no order wait.
 */
export async function setSkus(trx: Transaction, reference: string, skus: readonly string[]): Promise<number> {
  const known = (await rowsOf(trx, 'select sku from catalogue_skus where reference = ?', [reference])).map(({ sku }) => String(sku));
  const added = skus.filter((sku) => !known.includes(sku));
  const removed = known.filter((sku) => !skus.includes(sku));
  if (added.length + removed.length === 0) return 0;
  const counts = await stockPort().open(trx, [...added, ...removed].sort());
  for (const sku of removed) await rowsOf(trx, 'delete from catalogue_skus where sku = ? and reference = ?', [sku, reference]);
  await claimSkus(trx, reference, added);
  const shown = counts.filter(({ sku }) => added.includes(sku)).map(availabilityEntry);
  return (await withdrawEntries(trx, removed.map(availabilityId))) + (await writeEntries(trx, shown));
}

/** Writes a SKU's availability after a stock change; does nothing while no published product sells it. The stock row must be locked. */
export async function writeAvailability(trx: Transaction, count: StockCount): Promise<void> {
  const sold = await rowsOf(trx, 'select 1 from catalogue_skus where sku = ?', [count.sku]);
  if (sold.length > 0) await writeEntries(trx, [availabilityEntry(count)]);
}
