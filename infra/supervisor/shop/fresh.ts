import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, parse, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { ROOT } from '@comptoir/env';

import { runningShop } from '../data-folder.ts';
import { postgresAccount } from '../postgres/account.ts';
import { postgresBinaries } from '../postgres/binaries.ts';
import { stopLeftover } from '../postgres/leftover.ts';
import { clusterPlace } from '../postgres/place.ts';
import { say } from '../say.ts';
import { SIMULATOR_STATE } from './simulated-stripe.ts';

/** What the shop itself puts into its data folder; nothing else is ever deleted. */
const own = [
  'postgres',
  'postgres.password',
  'secrets.json',
  'admin.json',
  'images',
  'public',
  'door',
  'storefront',
  'run',
  'logs',
  'mail',
  SIMULATOR_STATE,
];

async function agreed(dataDir: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new Error("--fresh deletes the shop's data and nobody is here to confirm: add --yes.");
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    `Delete everything in ${dataDir} (products, pictures, accounts, secrets)? Type yes: `,
  );
  terminal.close();
  return answer.trim().toLowerCase() === 'yes';
}

function remove(dataDir: string): void {
  const account = postgresAccount();
  const place = clusterPlace(dataDir, account);
  stopLeftover(place.cluster, postgresBinaries(account, place.elsewhere), account);
  for (const name of own) rmSync(join(dataDir, name), { recursive: true, force: true });
  rmSync(place.cluster, { recursive: true, force: true });
}

/**
 * `--fresh`: deletes what the shop keeps in its data folder, after asking.
 * @throws Error when a shop runs on it, when the answer is not yes, or when the folder is plainly
 * not one of ours.
 */
export async function startFresh(dataDir: string, yes: boolean): Promise<void> {
  const folder = resolve(dataDir);
  if (folder === ROOT || folder === parse(folder).root)
    throw new Error(
      `DATA_DIR is ${folder}, which holds more than the shop's data: set it to a folder of its own.`,
    );
  const running = runningShop(folder);
  if (running)
    throw new Error(
      `A shop still runs on ${folder} (process ${running}): stop it with Ctrl-C in its terminal or \`kill ${running}\`, then start afresh.`,
    );
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  if (!yes && !(await agreed(folder)))
    throw new Error(
      'Nothing was deleted. Run `npm start` without --fresh to go on with the data there is.',
    );
  remove(folder);
  say(`• ${folder} was emptied`);
}
