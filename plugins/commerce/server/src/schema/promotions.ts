import { present, toOrder } from './append-only.ts';
import type { Facts } from './ensure.ts';

/** Codes and who used them. `used` counts the rows of `promotion_uses`; the check is what holds the limit when buyers meet. */
export const promotionFacts: Facts = {
  prepare: [],
  constraints: [
    { table: 'promotion_codes', name: 'promotion_codes_code_key', definition: 'unique (code)' },
    {
      table: 'promotion_codes',
      name: 'promotion_codes_code_check',
      definition: `check (code is not null and code <> '' and code = upper(btrim(code)))`,
    },
    {
      table: 'promotion_codes',
      name: 'promotion_codes_value_check',
      definition: `check (kind is not null and value is not null and case kind when 'percentage' then value between 1 and 10000 when 'amount' then value > 0 when 'free_shipping' then value = 0 else false end)`,
    },
    {
      table: 'promotion_codes',
      name: 'promotion_codes_dates_check',
      definition: 'check (starts_at is null or ends_at is null or starts_at < ends_at)',
    },
    {
      table: 'promotion_codes',
      name: 'promotion_codes_limit_check',
      definition: `check (${present('minimum', 'used')} and minimum >= 0 and used >= 0 and (usage_limit is null or used <= usage_limit))`,
    },
    {
      table: 'promotion_uses',
      name: 'promotion_uses_order_key',
      definition: 'unique (order_number)',
    },
    {
      table: 'promotion_uses',
      name: 'promotion_uses_code_check',
      definition: `check (${present('code', 'order_number')})`,
    },
    {
      table: 'promotion_uses',
      name: 'promotion_uses_code_fk',
      definition: 'foreign key (code) references promotion_codes (code) on delete restrict',
    },
    toOrder('promotion_uses'),
  ],
  indexes: ['create index if not exists promotion_uses_code_idx on promotion_uses (code)'],
  triggers: [],
};
