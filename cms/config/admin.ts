import { loadEnv } from '@comptoir/env';

const env = loadEnv('api');

export default {
  auth: { secret: env.adminJwtSecret },
  apiToken: { salt: env.apiTokenSalt },
  transfer: { token: { salt: env.transferTokenSalt } },
  // The letter itself is the mailer's; it needs the link alone.
  forgotPassword: {
    emailTemplate: { subject: 'Mot de passe', text: '<%= url %>', html: '<%= url %>' },
  },
  secrets: { encryptionKey: env.encryptionKey },
  flags: { nps: false, promoteEE: false },
  // The catalogue's own panel opens drafts in the shop; Strapi's would ask to be set up.
  preview: { enabled: false },
  watchIgnoreFiles: ['**/door/**', '**/commands/**'],
};
