import type { PromotionKind, PromotionProblem } from '@comptoir/contracts';

import { type Cents, cents, roundedRatio } from './cents.ts';

/**
 * A promotion code as staff made it. `value`: basis points of a percentage, cents of an amount.
 * `usesLeft` null = unlimited. `endsAt` itself is too late.
 */
export interface Promotion {
  code: string;
  kind: PromotionKind;
  value: number;
  startsAt: Date | null;
  endsAt: Date | null;
  minimum: Cents;
  usesLeft: number | null;
}

/** What keeps a code from being used on goods worth `subtotal`; null when nothing does. */
export function promotionProblem(
  found: Promotion | null,
  subtotal: Cents,
  now: Date,
): PromotionProblem | null {
  if (!found) return 'unknown';
  if (found.startsAt && now.getTime() < found.startsAt.getTime()) return 'not-started';
  if (found.endsAt && now.getTime() >= found.endsAt.getTime()) return 'ended';
  if (found.usesLeft !== null && found.usesLeft <= 0) return 'used-up';
  return subtotal < found.minimum ? 'minimum' : null;
}

/**
 * What a code takes off goods worth `subtotal`, never more than they cost; a percentage is rounded
 * half up.
 */
export function discountOf(
  { kind, value }: Pick<Promotion, 'kind' | 'value'>,
  subtotal: Cents,
): Cents {
  if (kind === 'free_shipping') return cents(0);
  const discount =
    kind === 'percentage' ? roundedRatio(BigInt(subtotal) * BigInt(value), 10_000n) : value;
  return cents(Math.min(discount, subtotal));
}
