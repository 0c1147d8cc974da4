import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * For `setup` in a container: sees to it that the first administrator's e-mail and password are in the environment.
 * A blank password is generated once into DATA_DIR/admin-password (mode 0600) and printed, so that setup never
 * leaves a shop whose first visitor could register as its administrator. Then runs setup.
 */
const file = join(process.env['DATA_DIR'] ?? '.data', 'admin-password');

const generate = (): string => {
  // The prefix brings the small letter, the capital and the digit that the admin's rule asks for.
  const password = `Aa1-${randomBytes(15).toString('base64url')}`;
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  return password;
};

process.env['ADMIN_EMAIL'] ||= 'gerant@atelier-huit.example';
if (!process.env['ADMIN_PASSWORD']) {
  const known = existsSync(file);
  process.env['ADMIN_PASSWORD'] = known ? readFileSync(file, 'utf8').trim() : generate();
  if (!known) console.log(`First administrator: ${process.env['ADMIN_EMAIL']}, password ${process.env['ADMIN_PASSWORD']}`);
}
process.argv[2] = 'setup';
void import('./run.ts');
