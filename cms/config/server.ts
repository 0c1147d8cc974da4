import { join } from 'node:path';
import { loadEnv } from '@comptoir/env';

const env = loadEnv('api');

// Datetime columns carry no time zone, and French is the language a first boot creates.
process.env.TZ = 'UTC';
process.env.STRAPI_PLUGIN_I18N_INIT_LOCALE_CODE = 'fr';
process.env.STRAPI_TELEMETRY_DISABLED = 'true';

export default {
  host: '127.0.0.1',
  port: env.apiPort,
  // Behind the door Strapi listens on a private socket only.
  socket: env.strapiSocket,
  url: env.publicApiUrl,
  // Uploads of the local provider outlive the checkout and the container: they are data.
  dirs: { public: join(env.dataDir, 'public') },
  proxy: { koa: true, maxIpsCount: 1 },
  app: { keys: env.appKeys?.split(',') ?? [] },
  logger: { updates: { enabled: false }, startup: { enabled: false } },
  webhooks: { populateRelations: false },
  transfer: { remote: { enabled: false } },
};
