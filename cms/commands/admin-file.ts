import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Account {
  email: string;
  password: string;
}

/** Where the start banner sends people for the administrator's password. */
const fileIn = (dataDir: string): string => join(dataDir, 'admin.json');

/** Keeps an account for the owner of the data folder alone. @returns the file */
export function keepAdmin(dataDir: string, { email, password }: Account): string {
  const file = fileIn(dataDir);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ email, password }, null, 2)}\n`, { mode: 0o600 });
  // A file that was there keeps the mode it had.
  chmodSync(file, 0o600);
  return file;
}

/**
 * Whether the kept account has this e-mail address; false when none is kept or the file is
 * unreadable.
 */
export function keepsAdmin(dataDir: string, email: string): boolean {
  try {
    const kept: unknown = JSON.parse(readFileSync(fileIn(dataDir), 'utf8'));
    return typeof kept === 'object' && kept !== null && 'email' in kept && kept.email === email;
  } catch {
    return false;
  }
}
