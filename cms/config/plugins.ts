import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadEnv } from '@comptoir/env';

const env = loadEnv('api');

/** Also in the catalogue's picture rules, which say it in French before Strapi counts. */
const SIZE_LIMIT = 20 * 1024 * 1024;

/**
 * Originals live in the images' bucket under `originals/`, which the bucket's policy keeps private:
 * the admin gets signed addresses. `ACL: 'private'` is what makes the provider sign; left out it
 * would mean public-read, and a `baseUrl` would switch signing off. One endpoint uploads and signs,
 * so it must be the one browsers reach.
 */
const s3Provider = () => ({
  provider: '@strapi/provider-upload-aws-s3',
  providerOptions: {
    rootPath: 'originals',
    s3Options: {
      endpoint: env.s3Endpoint,
      region: env.s3Region,
      forcePathStyle: env.s3ForcePathStyle,
      credentials: { accessKeyId: env.s3AccessKeyId, secretAccessKey: env.s3SecretAccessKey },
      // S3 clones refuse the SDK's newer checksums.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      params: { Bucket: env.s3Bucket, ACL: 'private', signedUrlExpires: env.s3SignedUrlExpires },
    },
  },
});

/**
 * The local provider writes under Strapi's public folder (config/server.ts puts it in the data
 * folder) and wants it to exist.
 */
function localProvider() {
  mkdirSync(join(env.dataDir, 'public', 'uploads'), { recursive: true });
  return { provider: 'local', providerOptions: {} };
}

export default {
  // Strapi's own mails (a forgotten password) take the way of all others: the outbox.
  email: {
    config: {
      provider: '@comptoir/mailer/email-provider',
      settings: {},
      ratelimit: { enabled: true, interval: { min: 5 }, max: 5 },
    },
  },
  commerce: {
    config: {
      orderLinkSecret: env.orderLinkSecret,
      clientAddressSecret: env.clientAddressSecret,
      siteUrl: env.publicSiteUrl,
      apiUrl: env.publicApiUrl,
    },
  },
  upload: {
    config: {
      ...(env.imageStore === 's3' ? s3Provider() : localProvider()),
      sizeLimit: SIZE_LIMIT,
      // The catalogue plugin makes the renditions pages use; the admin needs its thumbnail only.
      breakpoints: {},
      security: { allowedTypes: ['image/png', 'image/jpeg', 'image/webp', 'image/avif'] },
    },
  },
};
