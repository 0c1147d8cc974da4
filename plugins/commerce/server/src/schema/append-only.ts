import type { Named } from './ensure.ts';

/** Rows of a ledger are never changed, deleted or emptied away. */
export const appendOnly = (table: string): Named[] => [
  {
    table,
    name: `${table}_append_only`,
    definition: 'before update or delete on for each row execute function commerce_append_only()',
  },
  noTruncate(table),
];

/** Row triggers do not see TRUNCATE. */
export const noTruncate = (table: string): Named => ({
  table,
  name: `${table}_no_truncate`,
  definition: 'before truncate on for each statement execute function commerce_append_only()',
});

/** `check (a is not null and b is not null …)`: Strapi's `required` makes no NOT NULL. */
export const present = (...columns: string[]): string =>
  columns.map((column) => `${column} is not null`).join(' and ');
/** The same for texts, which must not be blank either. */
export const written = (...columns: string[]): string =>
  columns.map((column) => `coalesce(${column}, '') <> ''`).join(' and ');
export const toOrder = (table: string): Named => ({
  table,
  name: `${table}_order_fk`,
  definition: 'foreign key (order_number) references orders (number) on delete restrict',
});
