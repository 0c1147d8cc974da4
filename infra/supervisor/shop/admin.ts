import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from '@comptoir/env';
import { z } from 'zod';

const adminSchema = z.object({ email: z.string(), password: z.string() });
export type Admin = z.infer<typeof adminSchema>;
const DEFAULT_EMAIL = 'gerant@atelier-huit.example';
const letters = 'abcdefghjkmnpqrstuvwxyz';
const pick = (from: string, count: number): string => Array.from({ length: count }, () => from[randomInt(from.length)]).join('');

/** Four groups that can be typed from paper: no letter looks like another. About 80 bits. */
const password = (): string => `${pick(letters.toUpperCase(), 1)}${pick(letters, 4)}-${pick(letters, 5)}-${pick(letters, 5)}-${pick('23456789', 3)}`;

export const adminFile = (dataDir: string): string => join(dataDir, 'admin.json');

/** The first administrator: from the environment, else generated once and kept in `<dataDir>/admin.json` (0600). */
export const firstAdmin = (env: Env<'supervisor'>): Admin => {
  const file = adminFile(env.dataDir);
  if (env.adminPassword) return { email: env.adminEmail ?? DEFAULT_EMAIL, password: env.adminPassword };
  if (existsSync(file)) return adminSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const admin = { email: env.adminEmail ?? DEFAULT_EMAIL, password: password() };
  writeFileSync(file, `${JSON.stringify(admin, null, 2)}\n`, { mode: 0o600 });
  return admin;
};
