import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { catalogueSnapshotSchema } from '@comptoir/contracts';

import type { CatalogueState } from './catalogue-state.ts';

const stateSchema = z.object({
  snapshot: catalogueSnapshotSchema,
  formerSlugs: z.record(z.string(), z.string()),
  formerNames: z.record(z.string(), z.object({ name: z.string(), label: z.string() })).default({}),
});
const fileSchema = z.object({ sha256: z.string(), state: z.unknown() });
const checksum = (state: unknown): string =>
  createHash('sha256').update(JSON.stringify(state)).digest('hex');

/**
 * Writes the state to a file beside the target, syncs it and renames it: a crash leaves the old
 * file or the new one, never half a file.
 */
export async function writeDump(file: string, state: CatalogueState): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  const handle = await open(draft, 'w', 0o644);
  try {
    await handle.writeFile(JSON.stringify({ sha256: checksum(state), state }));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

/**
 * Reads a dump. A missing, damaged or outdated file is `null`, with the reason told to `report`.
 */
export async function readDump(
  file: string,
  report: (reason: string) => void,
): Promise<CatalogueState | null> {
  try {
    const { sha256, state } = fileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    if (sha256 !== checksum(state)) throw new Error('checksum does not match');
    return stateSchema.parse(state);
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!missing)
      report(`${file} is not usable: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

/**
 * The copy to open the shop with: a real catalogue beats the shipped sample, then the newer one
 * wins.
 */
export function newestOf(states: readonly (CatalogueState | null)[]): CatalogueState | null {
  const rank = ({ snapshot }: CatalogueState): string =>
    `${snapshot.source === 'csv' ? 0 : 1} ${snapshot.asOf}`;
  const known = states.filter((state) => state !== null);
  return known.sort((a, b) => (rank(a) < rank(b) ? 1 : -1))[0] ?? null;
}

/** An empty catalogue, for a shop that has never seen its API. */
export const EMPTY_STATE: CatalogueState = {
  snapshot: { version: 'none.0', source: 'snapshot', asOf: '1970-01-01T00:00:00Z', entries: [] },
  formerSlugs: {},
  formerNames: {},
};
