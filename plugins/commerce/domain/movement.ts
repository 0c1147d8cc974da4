/**
 * A change of one SKU's count that staff ask for. Quantities in pieces. `request`: the same one is
 * the same movement, however often it is sent.
 */
export interface Movement {
  sku: string;
  delta: number;
  reason: string;
  actor: string;
  request?: string | undefined;
}
export interface Level {
  sku: string;
  onHand: number;
  reserved: number;
  lowThreshold: number;
}
export type Moved =
  | { ok: true; level: Level }
  | { ok: false; reason: 'unknown-sku' | 'request-taken' }
  | { ok: false; reason: 'below-reserved'; level: Level };

/** Applies a movement to a level: what orders have reserved must stay in stock. */
export function move(level: Level | undefined, { delta }: Pick<Movement, 'delta'>): Moved {
  if (!level) return { ok: false, reason: 'unknown-sku' };
  const onHand = level.onHand + delta;
  if (onHand < level.reserved) return { ok: false, reason: 'below-reserved', level };
  return { ok: true, level: { ...level, onHand } };
}
