import type { Knex } from 'knex';

import {
  constraint,
  firstRow,
  index,
  type PluginMigrations,
  sqlFunction,
  strapiTable,
  table,
  trigger,
} from './migration.ts';
import { migrate } from './run-migrations.ts';

/** Waits where a test has set a stop of this name. */
export const stopAt = (name: string): string => `select made_up_stop('${name}')`;

/**
 * Two plugins of nobody's shop: a plain table each, and rules on the one table that "Strapi" makes.
 */
export const MADE_UP: readonly PluginMigrations[] = [
  {
    plugin: 'shelf',
    migrations: [
      {
        name: '2026-12-01-boxes',
        stage: 'before',
        steps: [
          stopAt('boxes begin'),
          table('boxes', 'id int not null, label text'),
          constraint('boxes', 'boxes_pkey', 'primary key (id)'),
          firstRow('boxes', `insert into boxes (id, label) values (1, 'first')`),
          stopAt('boxes end'),
        ],
      },
      {
        name: '2026-12-02-things-rules',
        stage: 'after',
        steps: [
          strapiTable('things'),
          stopAt('rules begin'),
          `update things set size = 1 where size is null`,
          constraint('things', 'things_size_check', 'check (size > 0)'),
          index('things_size_idx', 'things (size)'),
          sqlFunction(
            'made_up_refuse',
            `() returns trigger language plpgsql as $$ begin raise exception 'kept'; end $$`,
          ),
          trigger(
            'things',
            'things_kept',
            'before delete',
            'for each row execute function made_up_refuse()',
          ),
          stopAt('rules end'),
        ],
      },
    ],
  },
  {
    plugin: 'letters',
    migrations: [
      {
        name: '2026-12-01-letters',
        stage: 'before',
        steps: [stopAt('letters begin'), table('letters', 'id int'), stopAt('letters end')],
      },
    ],
  },
];

/** What Strapi's sync does between the stages; it has no transaction around it. */
async function sync(database: Knex): Promise<void> {
  await database.raw(stopAt('sync begins'));
  await database.raw('create table if not exists things (id int, size int)');
  await database.raw('insert into things (id) select 7 where not exists (select 1 from things)');
  await database.raw(stopAt('sync ends'));
}

/** The whole path: plain tables, the sync, rules on its tables. @returns what was changed */
export async function migrateAll(
  database: Knex,
  all: readonly PluginMigrations[] = MADE_UP,
): Promise<string[]> {
  const before = await migrate(database, all, 'before');
  await sync(database);
  return [...before, ...(await migrate(database, all, 'after'))];
}
