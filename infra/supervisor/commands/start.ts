import { join, relative } from 'node:path';
import { ROOT } from '@comptoir/env';

import { buildStale } from '../builds/build.ts';
import { claimDataFolder } from '../data-folder.ts';
import { columns, say, step } from '../say.ts';
import { isNew, setUp } from '../shop/first-run.ts';
import { startFresh } from '../shop/fresh.ts';
import { adminFile, generatedAdmin } from '../shop/generated-admin.ts';
import { unfinishedPages } from '../shop/placeholders.ts';
import { portProblems } from '../shop/port-problems.ts';
import { keepDoor, keepPostgres, keepStorefront, type Terminal } from '../shop/processes.ts';
import { keepSimulator, simulatorUrl, usesSimulator } from '../shop/simulated-stripe.ts';
import { stopInOrder, type Stopper } from '../shop/stop.ts';
import { childEnv, readSettings, type Settings } from '../supervisor-settings.ts';

const shown = (path: string): string => (path.startsWith(ROOT) ? relative(ROOT, path) : path);

async function checkPorts({ env }: Settings): Promise<void> {
  const problems = await portProblems(env);
  if (problems.length > 0) throw new Error(problems.join('\n  '));
}

/** What is started is handed to the stopper at once: a Ctrl-C may come while it starts. */
export const terminalOf = (stopper: Stopper): Terminal => ({
  say,
  giveUp: (reason) => stopper.whenAsked(1, reason),
  register: stopper.add,
});

/**
 * The database (embedded unless DATABASE_URL names one), filled on the first run; `build` runs in
 * between: damaged data must be told before minutes of building, and the first run needs the
 * builds.
 * @returns the children's environment
 */
export async function database(
  settings: Settings,
  stopper: Stopper,
  build: () => Promise<void>,
): Promise<NodeJS.ProcessEnv> {
  const { env } = settings;
  const url =
    env.databaseUrl ??
    (await step('Starting Postgres', () => keepPostgres(env.dataDir, terminalOf(stopper)))).url;
  const forChildren = childEnv(settings, url);
  await build();
  if (await isNew(url)) {
    await setUp(forChildren);
    const admin = generatedAdmin(env.dataDir);
    say(
      admin === null
        ? "\n  The administrator's account: ADMIN_EMAIL and ADMIN_PASSWORD as you set them\n"
        : `\n  The administrator's account: ${admin.email}   password: ${admin.password}\n  (kept in ${shown(adminFile(env.dataDir))}; change it in the admin)\n`,
    );
  }
  return forChildren;
}

/** Customers must not read "[À compléter…]"; the shop opens all the same. */
async function warnOfPages({ env }: Settings, url: string): Promise<void> {
  const titles = env.shopMode === 'live' ? await unfinishedPages(url).catch(() => []) : [];
  if (titles.length > 0)
    say(
      `! Pages with passages to complete ("[À compléter…]"): ${titles.join(', ')}. Complete them in the admin, Pages, and publish them.`,
    );
}

const addresses = ({ env }: Settings): string =>
  columns([
    [env.publicSiteUrl, 'the shop, as shoppers see it'],
    [
      `${env.publicApiUrl}/admin`,
      `the admin, for staff (password: ${shown(adminFile(env.dataDir))}; forgotten: npm run admin:password)`,
    ],
    ...(env.shopMode === 'demo' && env.smtpUrl === undefined
      ? [[`${env.publicApiUrl}/api/courrier`, 'the mails this demo would send'] as const]
      : []),
    ...(usesSimulator(env)
      ? [
          [
            simulatorUrl(env),
            'the Stripe simulator, where this demo pays (no card is ever debited)',
          ] as const,
        ]
      : []),
    [`${env.publicApiUrl}/api/produits`, 'the catalogue as JSON'],
    [`${env.publicApiUrl}/health`, 'what works and what does not'],
    [`http://localhost:${env.metricsPort}/metrics`, "the API's metrics (Prometheus)"],
    [shown(join(env.dataDir, 'logs')), 'what each part writes'],
  ]);

/**
 * `npm start`: builds what is stale and runs the shop until Ctrl-C.
 * @throws Error in one sentence with the remedy
 */
export async function start(args: readonly string[]): Promise<void> {
  const began = Date.now();
  const settings = readSettings();
  const stopper = stopInOrder(0);
  try {
    if (args.includes('--fresh')) await startFresh(settings.env.dataDir, args.includes('--yes'));
    stopper.add(claimDataFolder(settings.env.dataDir));
    await checkPorts(settings);
    const env = await database(settings, stopper, () => buildStale());
    const terminal = terminalOf(stopper);
    if (usesSimulator(settings.env))
      await step('Starting the Stripe simulator', () =>
        keepSimulator(settings.env, settings, terminal),
      );
    await step('Starting the API and the storefront', () =>
      Promise.all([keepDoor(settings, env, terminal), keepStorefront(settings, env, terminal)]),
    );
    await warnOfPages(settings, env['DATABASE_URL'] ?? '');
    say(
      `\nThe shop is open (after ${((Date.now() - began) / 1000).toFixed(1)} s; the admin follows in a few seconds). Ctrl-C stops it.\n\n${addresses(settings)}\n`,
    );
  } catch (error) {
    stopper.whenAsked(1, error instanceof Error ? error.message : String(error));
  }
}
