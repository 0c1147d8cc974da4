import { loadEnv } from '@comptoir/env';

const env = loadEnv('api');

export default {
  connection: {
    client: 'postgres',
    connection: { connectionString: env.databaseUrl, application_name: 'comptoir-strapi' },
    pool: { min: 0, max: 10 },
    acquireConnectionTimeout: 10_000,
  },
  // Columns removed from code are kept: dropping data is a decision, not a side effect of a boot.
  settings: { forceMigration: false },
};
