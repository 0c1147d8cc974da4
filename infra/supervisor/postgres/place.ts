import { createHash } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

import { makeFolder } from '../make-folder.ts';
import { type Account, canEnter } from './account.ts';

export interface Place {
  cluster: string;
  elsewhere: string;
  notice: string | null;
}

/**
 * Where the database files go: `<dataDir>/postgres`, or under /var/lib when the account cannot
 * reach that; then with a sentence for people.
 */
export function clusterPlace(dataDir: string, account: Account | null): Place {
  const home = resolve(dataDir);
  const name = `${basename(home).replace(/^\./, '')}-${createHash('sha256').update(home).digest('hex').slice(0, 8)}`;
  const elsewhere = join('/var/lib/comptoir', name);
  try {
    makeFolder(home);
  } catch (cause) {
    throw new Error(
      `Cannot write to ${home}: give yourself the right to write there, or set DATA_DIR to a folder of yours.`,
      { cause },
    );
  }
  if (canEnter(home, account)) return { cluster: join(home, 'postgres'), elsewhere, notice: null };
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  const notice = `Postgres does not run as root, and its user "${account?.name ?? ''}" cannot enter ${home}: the database is kept in ${elsewhere}.`;
  return { cluster: join(elsewhere, 'postgres'), elsewhere, notice };
}

/**
 * Makes the cluster's folder, owned by the account and closed to all others, as Postgres demands.
 */
export function prepareFolder(cluster: string, account: Account | null): void {
  try {
    mkdirSync(cluster, { recursive: true, mode: 0o700 });
    if (account) chownSync(cluster, account.uid, account.gid);
    chmodSync(cluster, 0o700);
  } catch (cause) {
    throw new Error(
      `Cannot write to ${cluster}: give yourself the right to write there, or set DATA_DIR to a folder of yours.`,
      { cause },
    );
  }
}
