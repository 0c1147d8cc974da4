/**
 * A process that migrates a made-up shop, for a test to kill. `node migrating-child.fixture.ts
 * <database url>`
 */
import knex from 'knex';

import { migrateAll } from './made-up-migrations.fixture.ts';

const database = knex({ client: 'pg', connection: process.argv[2] ?? '' });
console.log((await migrateAll(database)).join('\n'));
await database.destroy();
