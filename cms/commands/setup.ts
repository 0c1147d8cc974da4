import { loadEnv } from '@comptoir/env';
import type { Core } from '@strapi/strapi';
import { run as migrate } from './migrate.ts';
import { run as seed } from './seed.ts';

interface Staff { ensureFirstAdmin(account: { email: string; password: string }): Promise<unknown> }

/** `setup`: what a shop needs before its first visitor: schema, starting content (demo only), first administrator. Safe to run again. */
export async function run(strapi: Core.Strapi): Promise<number> {
  const { shopMode, adminEmail, adminPassword } = loadEnv('api');
  const code = (await migrate(strapi)) || (shopMode === 'demo' ? await seed(strapi) : 0);
  if (code !== 0) return code;
  if (adminEmail === undefined || adminPassword === undefined) {
    console.error('No administrator was made: set ADMIN_EMAIL and ADMIN_PASSWORD, then run setup again.');
    return 0;
  }
  const staff: Staff = strapi.plugin('catalogue').service('staff');
  await staff.ensureFirstAdmin({ email: adminEmail, password: adminPassword });
  return 0;
}
