import type { Core } from '@strapi/strapi';
import { loadEnv } from '@comptoir/env';

import { type Account, keepAdmin, keepsAdmin } from './admin-file.ts';

interface Staff {
  resetPassword(email?: string): Promise<{ text: string; code: number; account?: Account }>;
}

/**
 * `admin-password [email]`: a new generated password for an administrator, printed once; without
 * e-mail the shop must have exactly one. The file that `setup` left with the old one gets the new
 * one: people are sent there.
 */
export async function run(strapi: Core.Strapi, [email]: readonly string[]): Promise<number> {
  const staff: Staff = strapi.plugin('catalogue').service('staff');
  const { text, code, account } = await staff.resetPassword(email);
  (code === 0 ? console.log : console.error)(text);
  const { dataDir } = loadEnv('api');
  if (account !== undefined && keepsAdmin(dataDir, account.email))
    console.log(`(conservé dans ${keepAdmin(dataDir, account)})`);
  return code;
}
