import { loadEnv } from '@comptoir/env';

const env = loadEnv('api');

export default {
  auth: { secret: env.adminJwtSecret },
  apiToken: { salt: env.apiTokenSalt },
  transfer: { token: { salt: env.transferTokenSalt } },
  secrets: { encryptionKey: env.encryptionKey },
  flags: { nps: false, promoteEE: false },
  watchIgnoreFiles: ['**/door/**', '**/commands/**'],
};
