import { randomInt } from 'node:crypto';
import type { Core } from '@strapi/strapi';

import { MANAGER } from './roles/definitions.ts';

const USER = 'admin::user';
interface Admin {
  id: number;
  email: string;
  firstname: string | null;
  lastname: string | null;
  isActive: boolean;
}
interface UserService {
  create(attributes: Record<string, unknown>): Promise<Admin>;
  updateById(id: number, attributes: Record<string, unknown>): Promise<Admin>;
}

/** Letters and digits that cannot be mistaken for one another when read aloud or copied by hand. */
const ALPHABET = {
  lower: 'abcdefghijkmnpqrstuvwxyz',
  upper: 'ABCDEFGHJKLMNPQRSTUVWXYZ',
  digit: '23456789',
};
const pick = (letters: string): string => letters.charAt(randomInt(letters.length));

/**
 * A password of 20 characters in groups of five (about 110 bits), with the lower case, upper case
 * and digit that Strapi asks for.
 */
export function generatePassword(): string {
  const all = ALPHABET.lower + ALPHABET.upper + ALPHABET.digit;
  const groups = Array.from({ length: 4 }, () =>
    Array.from({ length: 5 }, () => pick(all)).join(''),
  );
  const password = groups.join('-');
  return /[a-z]/.test(password) && /[A-Z]/.test(password) && /\d/.test(password)
    ? password
    : generatePassword();
}

/**
 * The account made on the first run; `password` is null when the shop already had an administrator.
 */
export interface FirstAdmin {
  email: string;
  password: string | null;
}

/**
 * Makes the first administrator (the manager's role) so that no first visitor can claim the shop.
 * Does nothing when there already is one. A blank password is generated and given back, to be shown
 * once.
 */
export async function ensureFirstAdmin(
  strapi: Core.Strapi,
  { email, password }: { email: string; password: string },
): Promise<FirstAdmin> {
  const existing: Admin | null = await strapi.db.query(USER).findOne({ orderBy: { id: 'asc' } });
  if (existing) return { email: existing.email, password: null };
  const role: { id: number } | null = await strapi.db
    .query('admin::role')
    .findOne({ where: { code: MANAGER.code } });
  if (!role)
    throw new Error(
      'The manager role does not exist yet: load Strapi completely before making the first administrator',
    );
  const chosen = password === '' ? generatePassword() : password;
  const service = strapi.service(USER) as UserService;
  const admin = await service.create({
    email: email.toLowerCase(),
    firstname: 'Gérant',
    lastname: '',
    password: chosen,
    registrationToken: null,
    isActive: true,
    roles: [role.id],
    preferedLanguage: 'fr',
  });
  return { email: admin.email, password: chosen };
}

type PasswordReset =
  | { ok: true; email: string; password: string }
  | { ok: false; reason: 'no-admin' }
  | { ok: false; reason: 'unknown-email' | 'which-one'; emails: string[] };

/**
 * Sets a new generated password for an administrator, reactivates the account and ends its open
 * sessions. Without an e-mail the shop must have exactly one.
 */
export async function resetAdminPassword(
  strapi: Core.Strapi,
  email?: string,
): Promise<PasswordReset> {
  const admins: Admin[] = await strapi.db.query(USER).findMany({ orderBy: { id: 'asc' } });
  const emails = admins.map((admin) => admin.email);
  if (admins.length === 0) return { ok: false, reason: 'no-admin' };
  if (email === undefined && admins.length > 1) return { ok: false, reason: 'which-one', emails };
  const admin =
    email === undefined
      ? admins[0]
      : admins.find((one) => one.email === email.trim().toLowerCase());
  if (!admin) return { ok: false, reason: 'unknown-email', emails };
  const password = generatePassword();
  const service = strapi.service(USER) as UserService;
  await service.updateById(admin.id, {
    password,
    isActive: true,
    registrationToken: null,
    resetPasswordToken: null,
  });
  await strapi.sessionManager('admin').invalidateRefreshToken(String(admin.id));
  return { ok: true, email: admin.email, password };
}

/** `account`: with the new password, when there is one. */
export interface ResetReport {
  text: string;
  code: number;
  account?: { email: string; password: string };
}

/** What the `admin-password` command prints, in French, and its exit code. */
export function resetReport(result: PasswordReset): ResetReport {
  if (result.ok)
    return {
      account: { email: result.email, password: result.password },
      text: [
        `Nouveau mot de passe de ${result.email} : ${result.password}`,
        'Notez-le : il ne sera plus affiché. Les sessions ouvertes de ce compte sont fermées.',
      ].join('\n'),
      code: 0,
    };
  if (result.reason === 'no-admin')
    return { text: 'Aucun compte : lancez « npm start », qui crée le premier.', code: 1 };
  const list = result.emails.map((email) => `  - ${email}`).join('\n');
  const why =
    result.reason === 'which-one'
      ? 'Plusieurs comptes existent. Dites lequel : npm run admin:password -- ADRESSE'
      : 'Aucun compte n’a cette adresse. Comptes existants :';
  return { text: `${why}\n${list}`, code: 1 };
}
