/**
 * The part of `@comptoir/env` the Strapi configuration reads. Strapi compiles its configuration with `rootDir: cms`, which
 * forbids TypeScript sources of other packages; `tsconfig.json` maps the import here and the real package is loaded at run time.
 */
export interface CmsEnv {
  shopMode: 'demo' | 'live';
  logLevel: string;
  databaseUrl: string | undefined;
  dataDir: string;
  apiHost: string;
  apiPort: number;
  publicSiteUrl: string;
  publicApiUrl: string;
  publicImageBase: string;
  imageStore: 'disk' | 's3';
  s3Endpoint: string | undefined;
  s3Region: string;
  s3Bucket: string;
  s3AccessKeyId: string | undefined;
  s3SecretAccessKey: string | undefined;
  s3ForcePathStyle: boolean;
  s3SignedUrlExpires: number;
  appKeys: string | undefined;
  adminJwtSecret: string | undefined;
  apiTokenSalt: string | undefined;
  transferTokenSalt: string | undefined;
  encryptionKey: string | undefined;
  previewSecret: string | undefined;
  orderLinkSecret: string | undefined;
  clientAddressSecret: string | undefined;
  strapiSocket: string | undefined;
}
export function loadEnv(app: 'api'): CmsEnv;
