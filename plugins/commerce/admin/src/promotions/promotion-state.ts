import { formatEuro } from '../../../../catalogue/domain/euro.ts';
import type { PromotionCode } from '../../../domain/staff-promotions.ts';
import type { Tone } from '../ui/elements.tsx';
import { fullDate } from '../ui/french-format.ts';

/**
 * What a code does for shoppers at an instant. An ended code stays ended, whatever is left of it.
 */
export function promotionState(
  { startsAt, endsAt, usageLimit, used }: PromotionCode,
  now: Date,
): { text: string; tone: Tone } {
  if (endsAt !== null && new Date(endsAt) <= now) return { text: 'Terminé', tone: 'neutral' };
  if (usageLimit !== null && used >= usageLimit) return { text: 'Épuisé', tone: 'neutral' };
  if (startsAt !== null && new Date(startsAt) > now) return { text: 'À venir', tone: 'warning' };
  return { text: 'Actif', tone: 'success' };
}

/** Basis points as people write a percentage: `10`, `12,5`. */
export const percentText = (basisPoints: number): string =>
  String(basisPoints / 100).replace('.', ',');

/** `−10 %`, `−5,00 €` or `Livraison offerte`. */
export function offerText({ kind, value }: Pick<PromotionCode, 'kind' | 'value'>): string {
  if (kind === 'free_shipping') return 'Livraison offerte';
  return kind === 'percentage' ? `−${percentText(value)}\u00a0%` : `−${formatEuro(value)}`;
}

/** From when to when a code holds. */
export function periodText(
  { startsAt, endsAt }: Pick<PromotionCode, 'startsAt' | 'endsAt'>,
  timeZone?: string,
): string {
  const said = (iso: string): string => fullDate(iso, timeZone);
  if (startsAt && endsAt) return `Du ${said(startsAt)} au ${said(endsAt)}`;
  if (startsAt) return `Dès le ${said(startsAt)}`;
  return endsAt ? `Jusqu’au ${said(endsAt)}` : 'Sans limite de date';
}
