import type { Core } from '@strapi/strapi';

interface Report {
  entries: number;
  drift: { id: { kind: string; key: string; locale: string }; was: string }[];
  problems: string[];
}
interface Catalogue {
  pendingMigrations(): Promise<string[]>;
  rebuild(write?: boolean): Promise<Report>;
  appliedMigrations(): string[];
}

/**
 * `migrate`: loading Strapi has brought tables, constraints and triggers up to date; the read model
 * follows. Says what it did.
 */
export async function run(strapi: Core.Strapi): Promise<number> {
  const catalogue: Catalogue = strapi.plugin('catalogue').service('catalogue');
  const pending = await catalogue.pendingMigrations();
  if (pending.length > 0) {
    console.error(
      `Still missing after the migration: ${pending.join(', ')}. Look at the log above, correct the data it names, and run it again.`,
    );
    return 1;
  }
  const added = catalogue.appliedMigrations();
  const { entries, drift, problems } = await catalogue.rebuild();
  console.log(
    added.length === 0
      ? 'Tables, constraints and triggers were already there.'
      : `Added: ${added.join(', ')}.`,
  );
  console.log(
    `Read model: ${entries} entries, ${drift.length === 0 ? 'nothing to correct' : `${drift.length} corrected`}.`,
  );
  for (const problem of problems) console.error(`Not shown to shoppers: ${problem}`);
  return 0;
}
