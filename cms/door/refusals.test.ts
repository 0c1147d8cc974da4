import { expect, test } from 'vitest';

import { registersFirstAdmin } from './refusals.ts';

// What no HTTP parser of today lets through, but Strapi's router would take.
test.each([
  '/admin/register-admin\u00a0',
  '/admin\\register-admin\u00a0#',
  'admin/register-admin',
  'x:///admin/register-admin/',
])('%j registers a first administrator', (target) => {
  expect(registersFirstAdmin(target)).toBe(true);
});

test.each([
  '/',
  '/admin',
  '/admin/auth/register-admin',
  '/admin/register-admin/../login',
  '/admin/login?next=/admin/register-admin',
  '/register-admin',
  '',
])('%j does not', (target) => {
  expect(registersFirstAdmin(target)).toBe(false);
});
