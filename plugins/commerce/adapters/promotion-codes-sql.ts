import { z } from 'zod';
import { centsSchema, PROMOTION_KINDS } from '@comptoir/contracts';
import { instantOf, rows, type Sql, STAMP_VALUES, STAMPS, wrote, zoned } from '@comptoir/database';

import type { PromotionCode, PromotionTerms } from '../domain/staff-promotions.ts';

const iso = z
  .date()
  .transform((at) => at.toISOString())
  .nullable();
const codeSchema = z.object({
  code: z.string(),
  kind: z.enum(PROMOTION_KINDS),
  value: z.int(),
  startsAt: iso,
  endsAt: iso,
  minimum: centsSchema,
  usageLimit: z.int().nullable(),
  used: z.int(),
});
const ROW = `
  select code, kind, value, ${zoned('starts_at')} as "startsAt", ${zoned('ends_at')} as "endsAt",
    minimum, usage_limit as "usageLimit", used
  from promotion_codes`;
const INSERT = `
  insert into promotion_codes
    (${STAMPS}, code, kind, value, starts_at, ends_at, minimum, usage_limit, used)
  values (${STAMP_VALUES}, :code, :kind, :value, ${instantOf('startsAt')}, ${instantOf('endsAt')},
    :minimum, :usageLimit, 0)
  on conflict (code) do nothing
  returning 1`;
const UPDATE = `
  update promotion_codes
  set kind = :kind, value = :value, starts_at = ${instantOf('startsAt')},
    ends_at = ${instantOf('endsAt')}, minimum = :minimum, usage_limit = :usageLimit,
    updated_at = now() at time zone 'UTC'
  where code = :code and (:usageLimit::int is null or used <= :usageLimit::int)
  returning 1`;
// Released uses leave no row: a code whose count is back at 0 was never used by an order that
// counts.
const DELETE = `
  delete from promotion_codes p
  where code = ? and used = 0
    and not exists (select 1 from promotion_uses u where u.code = p.code)
  returning 1`;

/**
 * Promotion codes as staff make them. Orders keep the discount they were given, whatever becomes of
 * a code.
 */
export const promotionCodesSql = (sql: Sql) => ({
  list: (): Promise<PromotionCode[]> => rows(sql, codeSchema, `${ROW} order by code`),
  find: async (code: string): Promise<PromotionCode | null> =>
    (await rows(sql, codeSchema, `${ROW} where code = ?`, [code]))[0] ?? null,
  /** @returns false when the code exists already */
  insert: (code: string, terms: PromotionTerms): Promise<boolean> =>
    wrote(sql, INSERT, { code, ...terms }),
  /**
   * @returns false when there is no such code, or it was used more often than the new limit allows
   */
  update: (code: string, terms: PromotionTerms): Promise<boolean> =>
    wrote(sql, UPDATE, { code, ...terms }),
  /** @returns false when there is no such code, or an order uses it */
  remove: (code: string): Promise<boolean> => wrote(sql, DELETE, [code]),
});
