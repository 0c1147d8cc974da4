/** Something that must be built before the shop runs. Paths are relative to the checkout. */
export interface Target {
  name: string;
  title: string;
  /** Folders and files whose content decides whether the build is stale. */
  inputs: readonly string[];
  /** Exists when the build is there. */
  output: string;
  cwd: string;
  tool: string;
  args: readonly string[];
  /** A script of ours to run after the tool. */
  then?: string;
}

const shared = ['package-lock.json', 'tsconfig.base.json', 'plugins/contracts', 'infra/env'];
const mechanisms = ['plugins/database', 'plugins/jobs'];
const catalogue = [...mechanisms, 'plugins/catalogue'];
const commerce = [...mechanisms, 'plugins/commerce'];
const mailer = [...mechanisms, 'plugins/mailer'];
const stripe = [...mechanisms, 'plugins/stripe'];

/** The plugins of the house, in build order. */
export const plugins: readonly string[] = ['catalogue', 'commerce', 'mailer', 'stripe'];

/** In build order: the admin contains the plugins' pages. */
export const targets: readonly Target[] = [
  {
    name: 'catalogue',
    title: 'Building the catalogue plugin',
    inputs: [...shared, ...catalogue],
    output: 'plugins/catalogue/dist/server/index.js',
    cwd: 'plugins/catalogue',
    tool: 'strapi-plugin',
    args: ['build'],
  },
  {
    name: 'commerce',
    title: 'Building the commerce plugin',
    inputs: [...shared, ...catalogue, ...commerce],
    output: 'plugins/commerce/dist/server/index.js',
    cwd: 'plugins/commerce',
    tool: 'strapi-plugin',
    args: ['build'],
  },
  {
    name: 'mailer',
    title: 'Building the mailer plugin',
    inputs: [...shared, ...mailer],
    output: 'plugins/mailer/dist/server/index.js',
    cwd: 'plugins/mailer',
    tool: 'strapi-plugin',
    args: ['build'],
  },
  {
    name: 'stripe',
    title: 'Building the Stripe plugin',
    inputs: [...shared, ...catalogue, ...commerce, ...mailer, ...stripe],
    output: 'plugins/stripe/dist/server/index.js',
    cwd: 'plugins/stripe',
    tool: 'strapi-plugin',
    args: ['build'],
  },
  {
    name: 'admin',
    title: 'Building the admin (about a minute)',
    inputs: [
      ...shared,
      ...catalogue,
      ...commerce,
      ...mailer,
      ...stripe,
      'cms/src',
      'cms/config',
      'cms/types',
      'cms/tsconfig.json',
      'cms/package.json',
    ],
    output: 'cms/dist/build/index.html',
    cwd: 'cms',
    tool: 'strapi',
    args: ['build'],
  },
  {
    name: 'storefront',
    title: 'Building the storefront',
    inputs: [
      ...shared,
      'storefront',
      'infra/http',
      'infra/telemetry',
      'infra/seed/produits.csv',
      'infra/seed/pictures.json',
      'infra/seed/categories.json',
      'infra/seed/settings.json',
      'infra/seed/pages',
      'plugins/catalogue/csv',
      'plugins/catalogue/domain',
    ],
    output: 'storefront/dist/server/entry.mjs',
    cwd: 'storefront',
    tool: 'astro',
    args: ['build'],
    then: 'storefront/build/built-in.ts',
  },
];
