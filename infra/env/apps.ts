import { generatedSecrets, type VariableName } from './variables.ts';

const everywhere = [
  'SHOP_MODE',
  'NODE_ENV',
  'LOG_LEVEL',
  'DATA_DIR',
  'PUBLIC_SITE_URL',
  'PUBLIC_API_URL',
  'PUBLIC_IMAGE_BASE',
] as const;
const images = [
  'IMAGE_STORE',
  'S3_ENDPOINT',
  'S3_REGION',
  'S3_BUCKET',
  'S3_ACCESS_KEY_ID',
  'S3_SECRET_ACCESS_KEY',
  'S3_FORCE_PATH_STYLE',
  'S3_PUBLIC_RENDITIONS',
  'S3_SIGNED_URL_EXPIRES',
] as const;
const api = [
  ...everywhere,
  ...images,
  ...generatedSecrets,
  'DATABASE_URL',
  'API_HOST',
  'API_PORT',
  'METRICS_HOST',
  'METRICS_PORT',
  'STRAPI_SOCKET',
  'PROXY_SECRET',
  'ADMIN_EMAIL',
  'ADMIN_PASSWORD',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_API_BASE',
  'SMTP_URL',
  'MAIL_FROM',
] as const;
const storefront = [
  ...everywhere,
  'CLIENT_ADDRESS_SECRET',
  'API_URL',
  'STOREFRONT_HOST',
  'STOREFRONT_PORT',
  'METRICS_HOST',
  'STOREFRONT_METRICS_PORT',
] as const;
const supervisor = [
  ...everywhere,
  ...images,
  'DATABASE_URL',
  'API_HOST',
  'API_PORT',
  'METRICS_HOST',
  'METRICS_PORT',
  'API_URL',
  'STOREFRONT_HOST',
  'STOREFRONT_PORT',
  'STOREFRONT_METRICS_PORT',
  'ADMIN_EMAIL',
  'ADMIN_PASSWORD',
  'STRIPE_SECRET_KEY',
  'STRIPE_API_BASE',
  'STRIPE_SIMULATOR_PORT',
  'SMTP_URL',
] as const;
/** MinIO's own container and its bucket job. */
const minio = [...everywhere, ...images, 'MINIO_ROOT_USER', 'MINIO_ROOT_PASSWORD'] as const;

/**
 * Which variables each app reads; an app never sees another's secrets. `cms` and `door` are two
 * names of the API.
 */
export const apps = {
  api,
  cms: api,
  door: api,
  storefront,
  supervisor,
  minio,
} as const satisfies Record<string, readonly VariableName[]>;

export type App = keyof typeof apps;
