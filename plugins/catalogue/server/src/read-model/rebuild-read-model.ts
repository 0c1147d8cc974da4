import { isDeepStrictEqual } from 'node:util';
import type { Core } from '@strapi/strapi';
import { type CatalogueEntry, type EntryId, entryIdSchema } from '@comptoir/contracts';

import {
  projectCategory,
  type Projection,
  projectPage,
  projectProduct,
  projectSettings,
} from '../../../domain/projection.ts';
import { stockPort } from '../stock-port.ts';
import { inTransaction, lockForEditing, rowsOf, type Transaction } from '../transaction.ts';
import { availabilityEntry } from './skus.ts';
import {
  CATEGORY,
  category,
  documentIds,
  PAGE,
  pageVersions,
  PRODUCT,
  productVersions,
  settings,
} from './stored-documents.ts';
import { withdrawEntries, writeEntries } from './write-entries.ts';

/**
 * What a rebuild found: rows that were wrong (`missing`, `stale`, `extra`) and documents that
 * cannot be shown.
 */
interface Drift {
  id: EntryId;
  was: 'missing' | 'stale' | 'extra';
}
export interface RebuildReport {
  entries: number;
  drift: Drift[];
  problems: string[];
}

interface Expected {
  entries: CatalogueEntry[];
  skus: Map<string, string>;
  problems: string[];
}
const nameOf = ({ kind, key, locale }: EntryId): string => `${kind} ${key} ${locale}`;

function add(expected: Expected, projection: Projection): void {
  if (!projection.ok) {
    expected.problems.push(...projection.problems);
    return;
  }
  expected.entries.push(...projection.entries);
  for (const entry of projection.entries) {
    if (entry.kind === 'product')
      for (const { sku } of entry.body.variants) expected.skus.set(sku, entry.body.reference);
  }
}

/** Everything shoppers should see, derived from the documents and the stock alone. */
async function derive(strapi: Core.Strapi, trx: Transaction): Promise<Expected> {
  const expected: Expected = { entries: [], skus: new Map(), problems: [] };
  for (const id of await documentIds(strapi, PRODUCT))
    add(expected, projectProduct(await productVersions(strapi, id, 'published')));
  const shop = await settings(strapi);
  for (const id of await documentIds(strapi, PAGE))
    add(expected, projectPage(await pageVersions(strapi, id, 'published'), shop));
  for (const id of await documentIds(strapi, CATEGORY)) {
    const found = await category(strapi, id);
    if (found) add(expected, projectCategory(found));
  }
  if (shop) add(expected, projectSettings(shop));
  // All levels are locked: no stock change slips between reading a count and writing its state.
  const counts = await stockPort().open(trx, [...expected.skus.keys()].sort());
  expected.entries.push(...counts.map(availabilityEntry));
  return expected;
}

async function storedEntries(
  trx: Transaction,
): Promise<Map<string, { id: EntryId; body: unknown }>> {
  const rows = await rowsOf(
    trx,
    'select kind, key, locale, body::text as body from catalogue_entries where body is not null',
  );
  return new Map(
    rows.map((row) => {
      const id = entryIdSchema.parse(row);
      // Strapi's connection hands JSON over as text.
      const body: unknown = JSON.parse(String(row['body']));
      return [nameOf(id), { id, body }];
    }),
  );
}

async function replaceSkus(trx: Transaction, skus: ReadonlyMap<string, string>): Promise<void> {
  await rowsOf(trx, 'delete from catalogue_skus where not (sku = any(?::text[]))', [
    [...skus.keys()],
  ]);
  const upsert = `
    insert into catalogue_skus (sku, reference) values (?, ?)
    on conflict (sku) do update set reference = excluded.reference
      where catalogue_skus.reference <> excluded.reference`;
  for (const [sku, reference] of skus) await rowsOf(trx, upsert, [sku, reference]);
}

/**
 * Derives every row of the read model again and writes the differences only.
 * @param write false = report without writing
 */
export function rebuild(strapi: Core.Strapi, write = true): Promise<RebuildReport> {
  return inTransaction(strapi, async (trx) => {
    await lockForEditing(trx);
    const { entries, skus, problems } = await derive(strapi, trx);
    const stored = await storedEntries(trx);
    const names = new Set(entries.map(nameOf));
    const wrong = entries.filter(
      (entry) => !isDeepStrictEqual(stored.get(nameOf(entry))?.body, entry.body),
    );
    const extra = [...stored].filter(([name]) => !names.has(name)).map(([, { id }]) => id);
    if (write) {
      await replaceSkus(trx, skus);
      await writeEntries(trx, wrong);
      await withdrawEntries(trx, extra);
    }
    const drift: Drift[] = wrong.map(({ kind, key, locale }) => ({
      id: { kind, key, locale },
      was: stored.has(nameOf({ kind, key, locale })) ? 'stale' : 'missing',
    }));
    return {
      entries: entries.length,
      problems,
      drift: [...drift, ...extra.map((id) => ({ id, was: 'extra' as const }))],
    };
  });
}

/**
 * Begins a new epoch: every follower reloads everything. After a restore, and when the shop starts
 * over.
 * @returns the new version
 */
export const newEpoch = (strapi: Core.Strapi): Promise<string> =>
  inTransaction(strapi, async (trx) =>
    String((await rowsOf(trx, 'select catalogue_new_epoch() as version'))[0]?.['version']),
  );
