import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { entrySchema } from '@comptoir/contracts';

import { writeDump } from '../src/client/catalogue-dump.ts';

/**
 * Writes the snapshot that the storefront ships with, from the seed. Runs at build time only: the
 * reader of the seed is no part of the storefront's runtime.
 */
const TARGET = fileURLToPath(new URL('../built-in/catalogue.json', import.meta.url));
const SEED = fileURLToPath(new URL('../../infra/seed', import.meta.url));
const READER = new URL('../../plugins/catalogue/csv/seed-entries.ts', import.meta.url);

if (!existsSync(READER))
  throw new Error(`${fileURLToPath(READER)} is missing: the built-in catalogue cannot be made`);
const { seedEntries } = await import(READER.href);
const entries = entrySchema.array().parse(await seedEntries(SEED));
// The oldest possible time: every state that the shop has received from its API is newer.
await writeDump(TARGET, {
  snapshot: { version: 'seed.0', source: 'csv', asOf: '1970-01-01T00:00:01Z', entries },
  formerSlugs: {},
  formerNames: {},
});
console.log(`built-in catalogue: ${entries.length} entries`);
