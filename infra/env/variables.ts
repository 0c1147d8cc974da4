import { resolve } from 'node:path';
import { z } from 'zod';

import { ROOT } from './root.ts';

const port = (fallback: number): z.ZodDefault<z.ZodCoercedNumber> =>
  z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(65535, 'must be at most 65535')
    .default(fallback);
const withoutSlash = (url: string): string => url.replace(/\/+$/, '');
const url = (protocol: RegExp, message: string): z.ZodString =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocol.test(new URL(value).protocol),
      message,
    ) as z.ZodString;
const webUrl = url(/^https?:$/, 'must be an address that starts with http:// or https://');
const secret = z.string().min(16, 'must have at least 16 characters').optional();
const host = z
  .string()
  .regex(/^[\w.:-]+$/, 'must be a host name or an address')
  .default('0.0.0.0');
const ranges = z
  .string()
  .regex(
    /^[\da-fA-F.:]+\/\d{1,3}(?:,[\da-fA-F.:]+\/\d{1,3})*$/,
    'must be ranges of addresses with commas between, each written address/bits',
  );
const flag = (fallback: 'true' | 'false') =>
  z
    .enum(['true', 'false'], 'must be true or false')
    .default(fallback)
    .transform((value) => value === 'true');

/** One entry per variable: how it is read, and a good value to show when a bad one is met. */
export const variables = {
  SHOP_MODE: {
    schema: z.enum(['demo', 'live'], 'must be demo or live').default('demo'),
    example: 'demo',
  },
  NODE_ENV: {
    schema: z
      .enum(['development', 'production', 'test'], 'must be development, production or test')
      .default('production'),
    example: 'production',
  },
  LOG_LEVEL: {
    schema: z
      .enum(
        ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
        'must be fatal, error, warn, info, debug, trace or silent',
      )
      .default('info'),
    example: 'info',
  },
  DATA_DIR: {
    schema: z
      .string()
      .default('.data')
      .transform((path) => resolve(ROOT, path)),
    example: '.data',
  },
  DATABASE_URL: {
    schema: url(/^postgres(ql)?:$/, 'must be a Postgres address').optional(),
    example: 'postgres://comptoir:a-password@localhost:5432/comptoir',
  },
  POSTGRES_PASSWORD: {
    schema: z
      .string()
      .regex(
        /^[\w.~-]{8,}$/,
        'must have at least 8 letters, digits, dots or dashes (it is part of an address)',
      )
      .optional(),
    example: 'from `openssl rand -hex 24`',
  },
  COMPOSE_PROFILES: {
    schema: z
      .string()
      .regex(/^(?:\*|[\w.-]+(?:,[\w.-]+)*)$/, 'must be names of profiles with commas between')
      .optional(),
    example: 'demo',
  },
  PUBLISH_ADDRESS: { schema: host.default('127.0.0.1'), example: '127.0.0.1' },
  DASHBOARD_FROM: { schema: ranges.default('127.0.0.1/32,172.16.0.0/12'), example: '127.0.0.1/32' },
  API_HOST: { schema: host, example: '0.0.0.0' },
  API_PORT: { schema: port(4000), example: '4000' },
  METRICS_PORT: { schema: port(9464), example: '9464' },
  METRICS_HOST: { schema: host.default('127.0.0.1'), example: '127.0.0.1' },
  STOREFRONT_HOST: { schema: host, example: '0.0.0.0' },
  STOREFRONT_PORT: { schema: port(3000), example: '3000' },
  STOREFRONT_METRICS_PORT: { schema: port(9465), example: '9465' },
  PUBLIC_SITE_URL: {
    schema: webUrl.default('http://localhost:3000').transform(withoutSlash),
    example: 'https://www.atelier-huit.fr',
  },
  PUBLIC_API_URL: {
    schema: webUrl.default('http://localhost:4000').transform(withoutSlash),
    example: 'https://api.atelier-huit.fr',
  },
  PUBLIC_IMAGE_BASE: {
    schema: webUrl.transform(withoutSlash).optional(),
    example: 'https://images.atelier-huit.fr',
  },
  API_URL: {
    schema: webUrl.default('http://localhost:4000').transform(withoutSlash),
    example: 'http://localhost:4000',
  },
  IMAGE_STORE: {
    schema: z.enum(['disk', 's3'], 'must be disk or s3').default('disk'),
    example: 'disk',
  },
  S3_ENDPOINT: { schema: webUrl.optional(), example: 'http://localhost:9000' },
  S3_REGION: { schema: z.string().default('us-east-1'), example: 'us-east-1' },
  S3_BUCKET: {
    schema: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        'must be a bucket name: 3 to 63 small letters, digits, dots, dashes',
      )
      .default('product-images'),
    example: 'product-images',
  },
  S3_ACCESS_KEY_ID: { schema: z.string().optional(), example: 'comptoir-app' },
  S3_SECRET_ACCESS_KEY: {
    schema: z.string().min(8, 'must have at least 8 characters').optional(),
    example: 'from `openssl rand -hex 24`',
  },
  S3_FORCE_PATH_STYLE: { schema: flag('true'), example: 'true' },
  S3_PUBLIC_RENDITIONS: { schema: flag('false'), example: 'true' },
  S3_SIGNED_URL_EXPIRES: {
    schema: z.coerce
      .number('must be a number of seconds')
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(604800, 'must be at most 604800 (7 days)')
      .default(900),
    example: '900',
  },
  MINIO_ROOT_USER: {
    schema: z.string().min(3, 'must have at least 3 characters').optional(),
    example: 'minio-root',
  },
  MINIO_ROOT_PASSWORD: {
    schema: z.string().min(8, 'must have at least 8 characters').optional(),
    example: 'from `openssl rand -hex 24`',
  },
  MINIO_IMAGE: { schema: z.string().optional(), example: 'comptoir/minio:2026-02-12' },
  APP_KEYS: {
    schema: secret,
    example: 'two values of `openssl rand -base64 24`, with a comma between',
  },
  ADMIN_JWT_SECRET: { schema: secret, example: 'from `openssl rand -base64 24`' },
  API_TOKEN_SALT: { schema: secret, example: 'from `openssl rand -base64 24`' },
  TRANSFER_TOKEN_SALT: { schema: secret, example: 'from `openssl rand -base64 24`' },
  ENCRYPTION_KEY: { schema: secret, example: 'from `openssl rand -base64 24`' },
  PREVIEW_SECRET: { schema: secret, example: 'from `openssl rand -base64 24`' },
  ORDER_LINK_SECRET: { schema: secret, example: 'from `openssl rand -base64 24`' },
  CLIENT_ADDRESS_SECRET: { schema: secret, example: 'from `openssl rand -base64 24`' },
  PROXY_SECRET: { schema: secret, example: 'from `openssl rand -hex 24`' },
  ADMIN_EMAIL: {
    schema: z.email('must be an e-mail address').optional(),
    example: 'marie@atelier-huit.fr',
  },
  ADMIN_PASSWORD: {
    schema: z
      .string()
      .min(10, 'must have at least 10 characters')
      .regex(/[a-z]/, 'needs a small letter')
      .regex(/[A-Z]/, 'needs a capital letter')
      .regex(/\d/, 'needs a digit')
      .optional(),
    example: 'Argile-Bleue-2026',
  },
  STRAPI_SOCKET: { schema: z.string().optional(), example: '.data/run/strapi.sock' },
  STRIPE_SECRET_KEY: {
    schema: z
      .string()
      .regex(/^[sr]k_(?:test|live)_\w+$/, 'must be a Stripe secret or restricted key')
      .optional(),
    example: 'sk_test_51…',
  },
  STRIPE_WEBHOOK_SECRET: {
    schema: z
      .string()
      .regex(
        /^whsec_[\w+/=]+(?:\s*,\s*whsec_[\w+/=]+)*$/,
        'must be a Stripe webhook secret, or several with commas between',
      )
      .optional(),
    example: 'whsec_…',
  },
  STRIPE_API_BASE: {
    schema: webUrl.transform(withoutSlash).optional(),
    example: 'http://localhost:4010',
  },
  STRIPE_SIMULATOR_PORT: { schema: port(4010), example: '4010' },
  STRIPE_SIMULATOR_PUBLIC_URL: {
    schema: webUrl.transform(withoutSlash).optional(),
    example: 'http://localhost:4010',
  },
  STRIPE_SIMULATOR_SECRET_KEY: {
    schema: z
      .string()
      .regex(/^sk_test_\w{8,}$/, 'must be sk_test_ and at least 8 letters or digits')
      .optional(),
    example: 'sk_test_ and `openssl rand -hex 16`',
  },
  STRIPE_SIMULATOR_WEBHOOK_SECRET: {
    schema: z
      .string()
      .regex(/^whsec_\w{8,}$/, 'must be whsec_ and at least 8 letters or digits')
      .optional(),
    example: 'whsec_ and `openssl rand -hex 16`',
  },
  MAIL_FROM: {
    schema: z
      .string()
      .regex(
        /^(?:[^<>@"\r\n]{1,80} )?<?[^<>@\s"]+@[^<>@\s"]+>?$/,
        'must be an e-mail address, or a name and an address in angle brackets',
      )
      .optional(),
    example: 'Atelier Huit <bonjour@atelier-huit.fr>',
  },
  SMTP_URL: {
    schema: url(/^smtps?:$/, 'must be an address that starts with smtp:// or smtps://').optional(),
    example: 'smtp://user:password@localhost:1025',
  },
} as const;

export type VariableName = keyof typeof variables;
export type VariableValue<K extends VariableName> = z.output<(typeof variables)[K]['schema']>;

/**
 * Keys Strapi, links and the storefront sign with: blank ones are generated once per data folder.
 */
export const generatedSecrets = [
  'APP_KEYS',
  'ADMIN_JWT_SECRET',
  'API_TOKEN_SALT',
  'TRANSFER_TOKEN_SALT',
  'ENCRYPTION_KEY',
  'PREVIEW_SECRET',
  'ORDER_LINK_SECRET',
  'CLIENT_ADDRESS_SECRET',
] as const satisfies readonly VariableName[];

/** Values that must stay between the shop and its services. */
export const secretNames = [
  ...generatedSecrets,
  'S3_SECRET_ACCESS_KEY',
  'MINIO_ROOT_PASSWORD',
  'ADMIN_PASSWORD',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_SIMULATOR_SECRET_KEY',
  'STRIPE_SIMULATOR_WEBHOOK_SECRET',
  'PROXY_SECRET',
] as const satisfies readonly VariableName[];
