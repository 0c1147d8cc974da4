import { constraint, type SchemaObject, trigger } from '@comptoir/database/migrate';

/** Released migrations are written with these: a rule that changes gets a function of its own. */

const REFUSE = 'execute function commerce_append_only()';

/** The function that the triggers below call. */
export const APPEND_ONLY = `() returns trigger language plpgsql as $$
  begin raise exception 'table % is append only: write a new row that corrects the old one', tg_table_name using errcode = 'restrict_violation'; end $$`;

/** Row triggers do not see TRUNCATE. */
export const noTruncate = (table: string): SchemaObject =>
  trigger(table, `${table}_no_truncate`, 'before truncate', `for each statement ${REFUSE}`);

export const noDelete = (table: string): SchemaObject =>
  trigger(table, `${table}_no_delete`, 'before delete', `for each row ${REFUSE}`);

/** Rows of a ledger are never changed, deleted or emptied away. */
export const appendOnly = (table: string): SchemaObject[] => [
  trigger(table, `${table}_append_only`, 'before update or delete', `for each row ${REFUSE}`),
  noTruncate(table),
];

/** Strapi's `required` makes no NOT NULL. */
export const present = (...columns: string[]): string =>
  columns.map((column) => `${column} is not null`).join(' and ');

/** The same for texts, which must not be blank either. */
export const written = (...columns: string[]): string =>
  columns.map((column) => `coalesce(${column}, '') <> ''`).join(' and ');

/** `<table>_<name>_check`. */
export const check = (table: string, name: string, rule: string): SchemaObject =>
  constraint(table, `${table}_${name}_check`, `check (${rule})`);

export const unique = (table: string, name: string, column: string): SchemaObject =>
  constraint(table, `${table}_${name}_key`, `unique (${column})`);

export const toOrder = (table: string): SchemaObject =>
  constraint(
    table,
    `${table}_order_fk`,
    'foreign key (order_number) references orders (number) on delete restrict',
  );

export const toPayment = (table: string): SchemaObject =>
  constraint(
    table,
    `${table}_payment_fk`,
    'foreign key (payment_intent) references payments (stripe_payment_intent) on delete restrict',
  );
