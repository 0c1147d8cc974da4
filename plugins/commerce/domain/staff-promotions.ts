import { z } from 'zod';
import {
  type Cents,
  centsSchema,
  MAX_PROMOTION_CODE,
  PROMOTION_KINDS,
  type PromotionKind,
} from '@comptoir/contracts';

/**
 * A promotion code on its admin page. `value`: basis points of a percentage, cents of an amount, 0
 * of free shipping. Instants ISO 8601 UTC; null = no limit.
 */
export interface PromotionCode {
  code: string;
  kind: PromotionKind;
  value: number;
  startsAt: string | null;
  endsAt: string | null;
  minimum: Cents;
  usageLimit: number | null;
  used: number;
}

const instant = z.iso.datetime('une date et une heure').nullable().default(null);
const VALUE_OF: Readonly<Record<PromotionKind, { fits(value: number): boolean; message: string }>> =
  {
    percentage: {
      fits: (value) => value >= 1 && value <= 10_000,
      message: 'entre 0,01 % et 100 %',
    },
    amount: { fits: (value) => value >= 1, message: 'un montant supérieur à zéro, en centimes' },
    free_shipping: { fits: (value) => value === 0, message: 'zéro pour la livraison offerte' },
  };

/**
 * `POST /commerce/promotions`, and `PUT /commerce/promotions/:code` (whose code stays what it is).
 */
export const promotionTermsSchema = z
  .object({
    kind: z.enum(PROMOTION_KINDS, 'percentage, amount ou free_shipping'),
    value: z.int('un nombre entier').max(100_000_000, 'trop grand'),
    startsAt: instant,
    endsAt: instant,
    minimum: centsSchema
      .refine((minimum) => minimum >= 0 && minimum <= 100_000_000, 'zéro ou plus, en centimes')
      .default(() => centsSchema.parse(0)),
    usageLimit: z
      .int('un nombre entier')
      .min(1, 'au moins 1')
      .max(1_000_000, 'au plus 1 000 000')
      .nullable()
      .default(null),
  })
  .superRefine(({ kind, value, startsAt, endsAt }, context) => {
    if (!VALUE_OF[kind].fits(value))
      context.addIssue({ code: 'custom', path: ['value'], message: VALUE_OF[kind].message });
    if (startsAt && endsAt && startsAt >= endsAt)
      context.addIssue({
        code: 'custom',
        path: ['endsAt'],
        message: 'la fin doit venir après le début',
      });
  });
export type PromotionTerms = z.output<typeof promotionTermsSchema>;

/** Codes are typed by shoppers: no spaces, no case. */
export const promotionNameSchema = z
  .string('un code')
  .trim()
  .toUpperCase()
  .max(MAX_PROMOTION_CODE, `au plus ${MAX_PROMOTION_CODE} caractères`)
  .regex(/^[A-Z0-9][A-Z0-9_-]*$/, 'des lettres sans accent, des chiffres, - ou _');
