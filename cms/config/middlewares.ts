import { loadEnv } from '@comptoir/env';

const env = loadEnv('api');
const { origin: imageOrigin } = new URL(env.publicImageBase);
const { origin: siteOrigin } = new URL(env.publicSiteUrl);
const { origin: apiOrigin } = new URL(env.publicApiUrl);
const imageSources = [
  "'self'",
  'data:',
  'blob:',
  imageOrigin,
  ...(env.s3Endpoint === undefined ? [] : [new URL(env.s3Endpoint).origin]),
];

export default [
  'strapi::errors',
  {
    name: 'strapi::security',
    config: {
      contentSecurityPolicy: {
        useDefaults: true,
        directives: {
          'connect-src': ["'self'", 'ws:', 'wss:', siteOrigin],
          'img-src': imageSources,
          'media-src': imageSources,
          'frame-src': ["'self'", siteOrigin],
          // The shop runs over plain http on a laptop; TLS is the proxy's job.
          upgradeInsecureRequests: null,
        },
      },
    },
  },
  { name: 'strapi::cors', config: { origin: [siteOrigin, apiOrigin] } },
  'strapi::query',
  'plugin::commerce.readable-body',
  // As much as the door lets through to the admin (cms/door/body-limit.ts); its public addresses
  // take less.
  { name: 'strapi::body', config: { jsonLimit: '5mb' } },
  'strapi::session',
  'strapi::favicon',
  'strapi::public',
];
