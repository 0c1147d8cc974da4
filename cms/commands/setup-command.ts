import type { Core } from '@strapi/strapi';
import { loadEnv } from '@comptoir/env';

import { type Account, keepAdmin } from './admin-file.ts';
import { run as migrate } from './migrate-command.ts';
import { run as seed } from './seed-command.ts';

interface Staff {
  ensureFirstAdmin(account: {
    email: string;
    password: string;
  }): Promise<{ email: string; password: string | null }>;
}
interface Settings {
  dataDir: string;
  adminEmail?: string | undefined;
  adminPassword?: string | undefined;
}

const DEFAULT_EMAIL = 'gerant@atelier-huit.example';

/** A generated password is kept for the owner of the data folder, and printed this one time. */
function tell(dataDir: string, admin: Account): void {
  const file = keepAdmin(dataDir, admin);
  console.log(
    `First administrator: ${admin.email}, password ${admin.password} (kept in ${file}; change it in the admin)`,
  );
}

/** Makes the first administrator, so that a first visitor can never register as one. */
async function firstAdmin(
  strapi: Core.Strapi,
  { dataDir, adminEmail = DEFAULT_EMAIL, adminPassword = '' }: Settings,
): Promise<void> {
  const staff: Staff = strapi.plugin('catalogue').service('staff');
  const { email, password } = await staff.ensureFirstAdmin({
    email: adminEmail,
    password: adminPassword,
  });
  if (password !== null && adminPassword === '') tell(dataDir, { email, password });
}

/**
 * `setup`: what a shop needs before its first visitor: schema, first administrator, starting
 * content. Safe to run again. The content comes last: its marker says that all of it was done.
 */
export async function run(strapi: Core.Strapi): Promise<number> {
  const code = await migrate(strapi);
  if (code !== 0) return code;
  await firstAdmin(strapi, loadEnv('api'));
  return seed(strapi);
}
