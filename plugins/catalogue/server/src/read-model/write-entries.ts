import type { CatalogueEntry, EntryId } from '@comptoir/contracts';

import { rowsOf, type Transaction } from '../transaction.ts';

const UPSERT = `
  insert into catalogue_entries as old (kind, key, locale, version, body)
  select kind, key, locale, null, body
  from jsonb_to_recordset(?::jsonb) as x(kind text, key text, locale text, body jsonb)
  on conflict (kind, key, locale) do update set body = excluded.body, version = null
    where old.body is distinct from excluded.body
  returning 1`;
const WITHDRAW = `
  update catalogue_entries e set body = null, version = null
  from jsonb_to_recordset(?::jsonb) as x(kind text, key text, locale text)
  where e.kind = x.kind and e.key = x.key and e.locale = x.locale and e.body is not null
  returning 1`;

/**
 * Writes entries (no two of one name) whose body differs from the stored one; the version is
 * stamped at commit.
 * @returns how many rows changed
 */
export async function writeEntries(
  trx: Transaction,
  entries: readonly CatalogueEntry[],
): Promise<number> {
  if (entries.length === 0) return 0;
  return (await rowsOf(trx, UPSERT, [JSON.stringify(entries)])).length;
}

/** Leaves a tombstone where something was visible. @returns how many rows changed */
export async function withdrawEntries(trx: Transaction, ids: readonly EntryId[]): Promise<number> {
  if (ids.length === 0) return 0;
  return (await rowsOf(trx, WITHDRAW, [JSON.stringify(ids)])).length;
}
