import { z } from 'zod';
import { pictureSchema } from '@comptoir/contracts';

import type { PictureFacts } from '../../../images/renditions.ts';

const factsSchema = pictureSchema.omit({ alt: true });
const fileSchema = z.object({ provider_metadata: z.object({ comptoir: factsSchema }) });

/**
 * What the read model needs to know of a media file (`plugin::upload.file` row): hash, size, existing renditions.
 * Null when it is none of ours: not an image, or stored before renditions were made.
 */
export function pictureOf(file: unknown): PictureFacts | null {
  const parsed = fileSchema.safeParse(file);
  return parsed.success ? parsed.data.provider_metadata.comptoir : null;
}

/** The row's `provider_metadata` with the facts added; what the provider keeps there stays. */
export function withFacts(metadata: unknown, facts: PictureFacts): Record<string, unknown> {
  const kept = z.record(z.string(), z.unknown()).safeParse(metadata);
  return { ...(kept.success ? kept.data : {}), comptoir: facts };
}
