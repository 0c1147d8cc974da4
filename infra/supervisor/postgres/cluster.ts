import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Account, asAccount } from './account.ts';
import type { Binaries } from './binaries.ts';
import { prepareFolder } from './place.ts';

const parts = ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal'];

const startOver = (cluster: string): string =>
  `Restore ${cluster} from a backup, or begin anew with \`npm start -- --fresh\` (which deletes the shop's data).`;

/**
 * @throws Error in one sentence with the remedy when the folder holds something that is not a whole
 * Postgres 18 cluster.
 */
export function checkCluster(cluster: string): 'empty' | 'ready' {
  if (!existsSync(cluster) || readdirSync(cluster).length === 0) return 'empty';
  const missing = parts.filter((part) => !existsSync(join(cluster, part)));
  if (missing.length > 0)
    throw new Error(
      `The database in ${cluster} is damaged (${missing.join(', ')} missing). ${startOver(cluster)}`,
    );
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version !== '18')
    throw new Error(
      `The database in ${cluster} was made by Postgres ${version}, this is 18. ${startOver(cluster)}`,
    );
  return 'ready';
}

/** The sentence for a server that would not start, with Postgres's own last words. */
export function explainFailure(cluster: string, lastWords: string): Error {
  const fatal =
    lastWords
      .split('\n')
      .filter((line) => /FATAL|PANIC/.test(line))
      .at(-1)
      ?.replace(/^.*?(FATAL|PANIC):\s*/, '') ??
    (lastWords.trim().split('\n').at(-1) || 'no reason given');
  return new Error(`Postgres does not start on ${cluster}: ${fatal}. ${startOver(cluster)}`);
}

function initialise(
  cluster: string,
  password: string,
  binaries: Binaries,
  account: Account | null,
): void {
  const scratch = mkdtempSync(join(tmpdir(), 'comptoir-'));
  const passwordFile = join(scratch, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account)
    for (const path of [scratch, passwordFile]) chownSync(path, account.uid, account.gid);
  const args = [
    '-D',
    cluster,
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
  ];
  const { status, stderr, error } = spawnSync(binaries.initdb, args, {
    ...asAccount(account),
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  });
  rmSync(scratch, { recursive: true, force: true });
  if (status === 0) return;
  rmSync(cluster, { recursive: true, force: true });
  throw new Error(
    `The database could not be created in ${cluster}: ${error?.message ?? stderr.trim().split('\n').at(-1) ?? ''}. Check free space and rights on that folder.`,
  );
}

/**
 * The password of the cluster, which is created when the folder is empty. It is kept in
 * `<dataDir>/postgres.password` (0600).
 * @throws Error in one sentence with the remedy when the cluster is damaged or its password is
 * gone.
 */
export function ensureCluster(
  cluster: string,
  dataDir: string,
  binaries: Binaries,
  account: Account | null,
): string {
  const file = join(dataDir, 'postgres.password');
  if (checkCluster(cluster) === 'ready') {
    if (existsSync(file)) return readFileSync(file, 'utf8').trim();
    throw new Error(`${file} is missing, so the database cannot be opened. ${startOver(cluster)}`);
  }
  const password = randomBytes(18).toString('base64url');
  prepareFolder(cluster, account);
  writeFileSync(file, `${password}\n`, { mode: 0o600 });
  initialise(cluster, password, binaries, account);
  return password;
}
