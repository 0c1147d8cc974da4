import type { Core } from '@strapi/strapi';
import {
  appliedMigrations,
  knexQuery,
  type SchemaState,
  schemaState,
} from '@comptoir/database/migrate';

import { databaseSchema, MIGRATIONS } from '../door/database-schema.ts';

interface Report {
  entries: number;
  drift: { id: { kind: string; key: string; locale: string }; was: string }[];
  problems: string[];
}
interface Catalogue {
  rebuild(write?: boolean): Promise<Report>;
}

export const refuse = (args: readonly string[]): string | null =>
  args.every((arg) => arg === '--status')
    ? null
    : 'migrate takes one option: npm run migrate -- --status says which schema the database has, and changes nothing.';

/** What stands in the way of a shop on this schema, a line each. */
const obstacles = ({ pending, missing, unknown }: SchemaState): string[] => [
  ...pending.map((name) => `Pending: ${name}`),
  ...missing.map((name) => `Missing: ${name}`),
  ...unknown.map((name) => `Of a newer version of the shop: ${name}`),
];

/**
 * `migrate --status`: the schema's version in one line, then what is pending. Loads no Strapi, for
 * that would migrate.
 * @returns null without the option
 */
export async function answer(args: readonly string[], databaseUrl: string): Promise<number | null> {
  if (!args.includes('--status')) return null;
  const state = await databaseSchema(databaseUrl);
  console.log(`Schema: ${state.version ?? 'none yet'}`);
  for (const line of obstacles(state)) console.log(line);
  return 0;
}

/**
 * `migrate`: loading Strapi has run the migrations of both stages around its own sync; the read
 * model follows. Says what it did.
 */
export async function run(strapi: Core.Strapi): Promise<number> {
  const problems = obstacles(await schemaState(knexQuery(strapi.db.connection), MIGRATIONS));
  if (problems.length > 0) {
    console.error(
      `The schema is not complete after the migration. ${problems.join('. ')}. Look at the log above, correct the data it names, and run it again.`,
    );
    return 1;
  }
  const added = appliedMigrations();
  console.log(
    added.length === 0 ? 'The schema was up to date already.' : `Added: ${added.join(', ')}.`,
  );
  return rebuild(strapi.plugin('catalogue').service('catalogue'));
}

async function rebuild(catalogue: Catalogue): Promise<number> {
  const { entries, drift, problems } = await catalogue.rebuild();
  console.log(
    `Read model: ${entries} entries, ${drift.length === 0 ? 'nothing to correct' : `${drift.length} corrected`}.`,
  );
  for (const problem of problems) console.error(`Not shown to shoppers: ${problem}`);
  return 0;
}
