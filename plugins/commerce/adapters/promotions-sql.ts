import { z } from 'zod';
import { centsSchema, PROMOTION_KINDS } from '@comptoir/contracts';
import { rows, type Sql, STAMP_VALUES, STAMPS, wrote, zoned } from '@comptoir/database';

import type { Promotions } from '../domain/order-ports.ts';

const promotionSchema = z.object({
  code: z.string(),
  kind: z.enum(PROMOTION_KINDS),
  value: z.int(),
  startsAt: z.date().nullable(),
  endsAt: z.date().nullable(),
  minimum: centsSchema,
  usesLeft: z.int().nullable(),
});
const FIND = `
  select code, kind, value, ${zoned('starts_at')} as "startsAt", ${zoned('ends_at')} as "endsAt",
    minimum, usage_limit - used as "usesLeft"
  from promotion_codes where code = ?`;
const USED_BY = 'select 1 from promotion_uses where order_number = ?';
// The condition is tried again on the newest row once a competing transaction has ended: the limit
// holds.
const TAKE = `
  update promotion_codes set used = used + 1, updated_at = now() at time zone 'UTC'
  where code = ? and (usage_limit is null or used < usage_limit)
  returning 1`;
const NOTE_USE = `
  insert into promotion_uses (${STAMPS}, code, order_number) values (${STAMP_VALUES}, ?, ?)`;
const GIVE_BACK = `
  with gone as (delete from promotion_uses where order_number = ? returning code)
  update promotion_codes p set used = used - 1, updated_at = now() at time zone 'UTC'
  from gone where p.code = gone.code`;

/** Promotion codes of one transaction. Their row is locked from `use` to the end: take it last. */
export const promotionsSql = (sql: Sql): Promotions => ({
  async find(code) {
    const [promotion] = await rows(sql, promotionSchema, FIND, [code]);
    return promotion ?? null;
  },
  async use(code, number) {
    if (await wrote(sql, USED_BY, [number])) return true;
    if (!(await wrote(sql, TAKE, [code]))) return false;
    await sql.raw(NOTE_USE, [code, number]);
    return true;
  },
  async release(number) {
    await sql.raw(GIVE_BACK, [number]);
  },
});
