import { loadEnv } from '@comptoir/env';

const env = loadEnv('api');

export default {
  connection: {
    client: 'postgres',
    connection: { connectionString: env.databaseUrl, application_name: 'comptoir-strapi' },
    // Work in the background (two scheduled jobs at a time, two webhook workers, one of mails)
    // holds five at most and needs a sixth; the rest is for visitors. Postgres gives 100 to all
    // processes.
    pool: { min: 0, max: 20 },
    acquireConnectionTimeout: 10_000,
  },
  // Columns removed from code are kept: dropping data is a decision, not a side effect of a boot.
  settings: { forceMigration: false },
};
