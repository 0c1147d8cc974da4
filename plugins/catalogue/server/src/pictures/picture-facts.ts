import { z } from 'zod';

import type { PictureFacts } from '../../../images/renditions.ts';

/**
 * A media file's `provider_metadata` with what the read model needs to know of it: hash, size,
 * existing renditions. What the provider keeps there stays.
 */
export function withFacts(metadata: unknown, facts: PictureFacts): Record<string, unknown> {
  const kept = z.record(z.string(), z.unknown()).safeParse(metadata);
  return { ...(kept.success ? kept.data : {}), comptoir: facts };
}
