import { join } from 'node:path';
import { type Catalogue, memoryOf, readDump } from '@comptoir/catalogue/read';
import type { CatalogueEntry } from '@comptoir/contracts';
import type { Log } from '@comptoir/telemetry';

export type LocalSources = {
  dataDir: string;
  /** The shipped seed; null in live mode, where a demonstration catalogue must never appear. */
  seed: (() => Promise<{ name: string; entries: CatalogueEntry[] }>) | null;
  log: Log;
};

/**
 * Fills the catalogue from what is on this machine: the last dump, else the shipped seed, else
 * nothing.
 */
export async function loadLocal(
  catalogue: Catalogue,
  { dataDir, seed, log }: LocalSources,
): Promise<void> {
  const found = await readDump(join(dataDir, 'door'));
  if (catalogue.current() !== null) return;
  if (found.ok) {
    log.info({ skipped: found.skipped }, 'catalogue read from the last dump');
    return catalogue.replace(found.dump.memory, 'snapshot', found.dump.asOf);
  }
  if (found.reason === 'corrupt')
    log.warn({ reason: found.message }, 'the last dump is damaged and ignored');
  if (seed === null) return;
  try {
    const { name, entries } = await seed();
    if (catalogue.current() === null) catalogue.replace(memoryOf(name, entries), 'csv', Date.now());
  } catch (error) {
    log.error({ err: error }, 'the shipped seed cannot be read');
  }
}
