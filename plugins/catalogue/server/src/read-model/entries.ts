import type { CatalogueEntry, EntryId } from '@comptoir/contracts';
import { rowsOf, type Transaction } from '../database.ts';

const UPSERT = `insert into catalogue_entries as old (kind, key, locale, version, body) values (?, ?, ?, null, ?::jsonb)
  on conflict (kind, key, locale) do update set body = excluded.body, version = null where old.body is distinct from excluded.body returning 1`;
const WITHDRAW = `update catalogue_entries set body = null, version = null where kind = ? and key = ? and locale = ? and body is not null returning 1`;

/** Writes entries whose body differs from the stored one; the version is stamped at commit. @returns how many rows changed */
export async function writeEntries(trx: Transaction, entries: readonly CatalogueEntry[]): Promise<number> {
  let changed = 0;
  for (const { kind, key, locale, body } of entries) changed += (await rowsOf(trx, UPSERT, [kind, key, locale, JSON.stringify(body)])).length;
  return changed;
}

/** Leaves a tombstone where something was visible. @returns how many rows changed */
export async function withdrawEntries(trx: Transaction, ids: readonly EntryId[]): Promise<number> {
  let changed = 0;
  for (const { kind, key, locale } of ids) changed += (await rowsOf(trx, WITHDRAW, [kind, key, locale])).length;
  return changed;
}
