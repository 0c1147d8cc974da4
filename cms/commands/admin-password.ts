import type { Core } from '@strapi/strapi';

interface Staff { resetPassword(email?: string): Promise<{ text: string; code: number }> }

/** `admin-password [email]`: a new generated password for an administrator, printed once; without e-mail the shop must have exactly one. */
export async function run(strapi: Core.Strapi, [email]: readonly string[]): Promise<number> {
  const staff: Staff = strapi.plugin('catalogue').service('staff');
  const { text, code } = await staff.resetPassword(email);
  (code === 0 ? console.log : console.error)(text);
  return code;
}
