import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

import { generatedSecrets } from './variables.ts';

type SecretName = (typeof generatedSecrets)[number];
export type Secrets = Record<SecretName, string>;

/** Names of another version are kept: an older one that runs again finds its own. */
const fileSchema = z.record(z.string(), z.string().min(16));
const random = (): string => randomBytes(24).toString('base64url');
const generate = (name: SecretName): string =>
  name === 'APP_KEYS' ? `${random()},${random()}` : random();

function read(path: string): Partial<Secrets> {
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new Error(
      `${path} cannot be read as secrets: restore it from a backup, or delete it (everyone signed in must then sign in again).`,
      { cause },
    );
  }
}

/**
 * A link fails when the name is taken: of two processes that start together, one wins and both read
 * the winner's file.
 */
function writeOnce(path: string, secrets: Secrets, replace: boolean): void {
  const draft = `${path}.${process.pid}.${random()}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  try {
    if (replace) rmSync(path, { force: true });
    linkSync(draft, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * The generated secrets of a data folder: made once into `<dataDir>/secrets.json` (mode 0600), read
 * ever after; a secret added by a later version is added to the file.
 * @throws Error when the file exists and is not readable as secrets.
 */
export function ensureSecrets(dataDir: string): Secrets {
  const path = join(dataDir, 'secrets.json');
  const known = existsSync(path) ? read(path) : {};
  if (generatedSecrets.some((name) => !known[name])) {
    mkdirSync(dataDir, { recursive: true });
    const complete = {
      ...known,
      ...Object.fromEntries(generatedSecrets.map((name) => [name, known[name] ?? generate(name)])),
    } as Secrets;
    writeOnce(path, complete, existsSync(path));
  }
  chmodSync(path, 0o600);
  return read(path) as Secrets;
}
