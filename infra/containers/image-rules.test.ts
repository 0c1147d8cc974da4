import { expect, test } from 'vitest';

import { type BuiltImage, imageFailures } from './image-rules.ts';

const good: BuiltImage = {
  user: '1000:1000',
  healthcheck: true,
  env: ['NODE_ENV=production'],
  files: ['app/node_modules/zod/index.js', 'app/storefront/server.ts'],
  bytes: 1,
};

test('a good image breaks no rule', () => expect(imageFailures(good, 'pages')).toEqual([]));
test.each<[string, Partial<BuiltImage>, RegExp]>([
  ['no user', { user: '' }, /root/],
  ['user 0', { user: '0:0' }, /root/],
  ['no healthcheck', { healthcheck: false }, /HEALTHCHECK/],
  ['an .env file', { files: ['app/.env'] }, /app\/\.env/],
  ['npm settings', { files: ['root/.npmrc'] }, /npmrc/],
  ['a secret variable', { env: ['APP_KEYS=abc'] }, /APP_KEYS/],
  [
    'Strapi',
    { files: [...good.files, 'app/node_modules/@strapi/core/index.js'] },
    /holds node_modules\/@strapi/,
  ],
  [
    'the simulator',
    { files: [...good.files, 'app/infra/stripe-simulator/main.ts'] },
    /holds app\/infra\/stripe-simulator/,
  ],
  ['a storefront without pages', { files: [] }, /lacks app\/storefront/],
])('%s is named', (_, change, message) =>
  expect(imageFailures({ ...good, ...change }, 'pages').join()).toMatch(message),
);
test('an image for something else is named twice', () =>
  expect(imageFailures(good, 'strapi')).toEqual([
    'lacks node_modules/@strapi/',
    'holds app/storefront/server.ts, which belongs in another image',
  ]));
