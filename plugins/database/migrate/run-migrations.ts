import type { Knex } from 'knex';

import {
  type DatedMigration,
  inOrder,
  isObject,
  labelOf,
  objectsOf,
  type PluginMigrations,
  type SchemaObject,
  type Stage,
} from './migration.ts';
import { absentObjects, HISTORY, type Query, recordedMigrations } from './schema-state.ts';

/** One process migrates at a time; the others wait for it. */
const LOCK = "select pg_advisory_xact_lock(hashtext('comptoir:schema'))";
/** How long a change waits for a table that something else holds. */
const PATIENCE = "set local lock_timeout = '10s'";

/** Asks through Knex, whose `?` stands for `$1`. */
export const knexQuery =
  (database: Knex): Query =>
  (sql, values) => {
    const bindings = [...sql.matchAll(/\$(\d+)/g)].map(([, place]) => values[Number(place) - 1]);
    return database.raw(sql.replaceAll(/\$\d+/g, '?'), bindings);
  };

async function makeAbsent(trx: Knex, objects: readonly SchemaObject[]): Promise<SchemaObject[]> {
  const absent = await absentObjects(knexQuery(trx), objects);
  for (const { create } of absent) if (create !== null) await trx.raw(create);
  return absent;
}

/**
 * Runs a migration's steps. A function's body is always written anew: one that an older version
 * left may differ.
 */
async function runSteps(trx: Knex, { steps }: DatedMigration): Promise<void> {
  for (const step of steps) {
    if (!isObject(step)) await trx.raw(step);
    else if (step.kind === 'function' && step.create !== null) await trx.raw(step.create);
    else await makeAbsent(trx, [step]);
  }
}

/**
 * Knex wants a way back of every migration. There is none: a mistake is corrected by a later one.
 */
const refuseBackward = (): Promise<never> =>
  Promise.reject(new Error('Migrations run forward only: restore a backup to go back.'));

/**
 * Knex's runner, fed with one stage. Its own check that no recorded migration is missing must be
 * off: it sees one stage at a time.
 */
const configOf = (migrations: readonly DatedMigration[]): Knex.MigratorConfig => ({
  tableName: HISTORY,
  disableMigrationsListValidation: true,
  migrationSource: {
    getMigrations: () => Promise.resolve([...migrations]),
    getMigrationName: ({ id }: DatedMigration) => id,
    getMigration: (migration: DatedMigration) =>
      Promise.resolve({ up: (trx: Knex) => runSteps(trx, migration), down: refuseBackward }),
  },
});

async function refuseNewer(trx: Knex, known: readonly DatedMigration[]): Promise<void> {
  const recorded = await recordedMigrations(knexQuery(trx));
  const unknown = recorded.filter((name) => !known.some(({ id }) => id === name));
  if (unknown.length > 0)
    throw new Error(
      `This database belongs to a newer version of the shop (${unknown.join(', ')}). Start that version, or restore a backup of before its update.`,
    );
}

/**
 * Strapi's sync or a hand may have taken away what a migration made: it is made again.
 * @returns their labels
 */
async function putBack(trx: Knex, known: readonly DatedMigration[]): Promise<string[]> {
  const absent = await makeAbsent(trx, objectsOf(known));
  return absent.filter(({ create }) => create !== null).map(labelOf);
}

/**
 * Runs what one stage still lacks, in one transaction with its history: all of it or nothing. A
 * process that is killed leaves no lock behind. After the second stage, objects that got lost are
 * put back.
 * @returns the migrations that ran and the objects that were put back, by name
 * @throws when data breaks a rule, when a table stays locked for ten seconds, or when a newer
 * version was here
 */
export const migrate = (
  database: Knex,
  all: readonly PluginMigrations[],
  stage: Stage,
): Promise<string[]> =>
  database.transaction(async (trx) => {
    await trx.raw(LOCK);
    await trx.raw(PATIENCE);
    const known = inOrder(all);
    await refuseNewer(trx, known);
    const [, ran]: [number, string[]] = await trx.migrate.latest(
      configOf(known.filter((migration) => migration.stage === stage)),
    );
    return stage === 'before' ? ran : [...ran, ...(await putBack(trx, known))];
  });
