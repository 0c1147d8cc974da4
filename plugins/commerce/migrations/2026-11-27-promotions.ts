import { constraint, index, type Migration, strapiTable } from '@comptoir/database/migrate';

import { check, present, toOrder, unique } from './ledger-rules.ts';

/**
 * Codes and who used them. `used` counts the rows of `promotion_uses`; the check is what holds the
 * limit when buyers meet.
 */
export const promotions: Migration = {
  name: '2026-11-27-promotions',
  stage: 'after',
  steps: [
    ...['promotion_codes', 'promotion_uses'].map(strapiTable),
    index('promotion_uses_code_idx', 'promotion_uses (code)'),
    unique('promotion_codes', 'code', 'code'),
    check(
      'promotion_codes',
      'code',
      `code is not null and code <> '' and code = upper(btrim(code))`,
    ),
    check(
      'promotion_codes',
      'value',
      `kind is not null and value is not null and case kind when 'percentage' then value between 1 and 10000 when 'amount' then value > 0 when 'free_shipping' then value = 0 else false end`,
    ),
    check(
      'promotion_codes',
      'dates',
      'starts_at is null or ends_at is null or starts_at < ends_at',
    ),
    check(
      'promotion_codes',
      'limit',
      `${present('minimum', 'used')} and minimum >= 0 and used >= 0 and (usage_limit is null or used <= usage_limit)`,
    ),
    unique('promotion_uses', 'order', 'order_number'),
    check('promotion_uses', 'code', present('code', 'order_number')),
    constraint(
      'promotion_uses',
      'promotion_uses_code_fk',
      'foreign key (code) references promotion_codes (code) on delete restrict',
    ),
    toOrder('promotion_uses'),
  ],
};
