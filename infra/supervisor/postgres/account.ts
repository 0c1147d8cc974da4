import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The user that Postgres runs as, when the command was typed by root, which Postgres refuses.
 * `null` in its place: the user that typed the command.
 */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

function lookUp(name: string): Account | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { name, uid: Number(uid), gid: Number(gid) } : null;
}

/**
 * As root: the user `postgres`, created when it is missing, else `nobody`. As a normal user: null.
 */
export function postgresAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const known = lookUp('postgres');
  if (known) return known;
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], {
    stdio: 'ignore',
  });
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (!account)
    throw new Error(
      'Postgres does not run as root and no other user was found: run this as a normal user, or add one with `useradd --system postgres`.',
    );
  return account;
}

/** Whether the account may enter the folder: each folder on the way must let it through. */
export function canEnter(folder: string, account: Account | null): boolean {
  if (!account) return true;
  const { mode, uid, gid } = statSync(folder);
  const groupOrOthers = gid === account.gid ? 0o010 : 0o001;
  const mayEnter = uid === account.uid ? 0o100 : groupOrOthers;
  if ((mode & mayEnter) === 0) return false;
  return dirname(folder) === folder || canEnter(dirname(folder), account);
}

/** Options for `spawn` that make the child run as the account. */
export const asAccount = (account: Account | null): { uid?: number; gid?: number; cwd: string } =>
  account ? { uid: account.uid, gid: account.gid, cwd: '/' } : { cwd: '/' };
