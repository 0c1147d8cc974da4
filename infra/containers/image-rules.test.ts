import { expect, test } from 'vitest';
import { imageFailures, type BuiltImage } from './image-rules.ts';

const good: BuiltImage = { user: '1000:1000', healthcheck: true, env: ['NODE_ENV=production'], files: ['app/node_modules/zod/index.js'], bytes: 1 };

test('a good image breaks no rule', () => expect(imageFailures(good, false)).toEqual([]));
test.each<[string, Partial<BuiltImage>, RegExp]>([
  ['no user', { user: '' }, /root/],
  ['user 0', { user: '0:0' }, /root/],
  ['no healthcheck', { healthcheck: false }, /HEALTHCHECK/],
  ['an .env file', { files: ['app/.env'] }, /app\/\.env/],
  ['npm settings', { files: ['root/.npmrc'] }, /npmrc/],
  ['a secret variable', { env: ['APP_KEYS=abc'] }, /APP_KEYS/],
  ['Strapi', { files: ['app/node_modules/@strapi/core/index.js'] }, /@strapi/],
])('%s is named', (_, change, message) => expect(imageFailures({ ...good, ...change }, false).join()).toMatch(message));
test('the API without Strapi is named', () => expect(imageFailures(good, true)).toEqual(['lacks @strapi']));
