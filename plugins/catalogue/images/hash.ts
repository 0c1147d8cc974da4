import { createHash } from 'node:crypto';

/**
 * Names the encoder settings of renditions.ts; raise it when they change, so that new names are
 * made and caches stay right.
 */
const ENCODER_VERSION = 'r1';

/**
 * Content hash of a picture: 32 lower-case hexadecimal digits over its original bytes and the
 * encoder settings.
 */
export function pictureHash(original: Buffer): string {
  return createHash('sha256').update(original).update(ENCODER_VERSION).digest('hex').slice(0, 32);
}
