import { z } from 'zod';

import { entryIdSchema, entrySchema } from './entries.ts';

/** Where a catalogue comes from: followed live, the last known state, or the shipped seed. */
export const SOURCES = ['database', 'snapshot', 'csv'] as const;
export const sourceSchema = z.enum(SOURCES);
export type CatalogueSource = z.infer<typeof sourceSchema>;

/**
 * `epoch.n`: a new epoch (restore, `--fresh`) makes followers reload everything; `n` grows by one
 * per committed change.
 */
export const VERSION_PATTERN = /^[a-z0-9]{1,32}\.\d{1,15}$/;
export const versionSchema = z.string().regex(VERSION_PATTERN, 'expected epoch.n');

/** Splits a version. @throws Error when it is malformed; parse with {@link versionSchema} first. */
export function parseVersion(version: string): { epoch: string; n: number } {
  const [epoch, n] = versionSchema.parse(version).split('.');
  return { epoch: epoch ?? '', n: Number(n) };
}

/**
 * Everything published at one version. `asOf` is when this state was last confirmed by the database
 * (ISO 8601 UTC).
 */
export const catalogueSnapshotSchema = z.object({
  version: versionSchema,
  source: sourceSchema,
  asOf: z.iso.datetime(),
  entries: z.array(entrySchema),
});
export type CatalogueSnapshot = z.infer<typeof catalogueSnapshotSchema>;

/** What changed after the version that was asked for. */
export const catalogueDeltaSchema = z.object({
  version: versionSchema,
  source: sourceSchema,
  asOf: z.iso.datetime(),
  changed: z.array(entrySchema),
  withdrawn: z.array(entryIdSchema),
});
export type CatalogueDelta = z.infer<typeof catalogueDeltaSchema>;

/** What `instantane?after=` answers: a delta, or the whole when the gap is unknown. */
export const followAnswerSchema = z.union([catalogueDeltaSchema, catalogueSnapshotSchema]);
export type FollowAnswer = z.infer<typeof followAnswerSchema>;
