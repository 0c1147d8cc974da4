import { accessSync, constants, existsSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { ROOT } from '@comptoir/env';

import { staleTargets } from '../builds/build.ts';
import { runningShop } from '../data-folder.ts';
import { postgresAccount } from '../postgres/account.ts';
import { postgresBinaries } from '../postgres/binaries.ts';
import { checkCluster } from '../postgres/cluster.ts';
import { clusterPlace } from '../postgres/place.ts';
import { say } from '../say.ts';
import { unfinishedPages } from '../shop/placeholders.ts';
import { portProblems } from '../shop/port-problems.ts';
import { runningDatabase } from '../shop/running-database.ts';
import { readSettings, type Settings } from '../supervisor-settings.ts';

type Finding = { ok: true; text: string } | { ok: false; text: string; fix: string };
const good = (text: string): Finding => ({ ok: true, text });
const bad = (text: string, fix: string): Finding => ({ ok: false, text, fix });
const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const versions = (): Finding =>
  Number(process.versions.node.split('.')[0]) >= 24
    ? good(`Node ${process.versions.node}`)
    : bad(`Node ${process.versions.node} is too old`, 'run `npm ci`, which brings Node 24');

function environment(): [Finding, Settings | null] {
  try {
    return [
      good(
        existsSync(join(ROOT, '.env'))
          ? 'environment: .env is good'
          : 'environment: no .env, the defaults are used',
      ),
      readSettings(),
    ];
  } catch (error) {
    return [bad(reason(error), 'correct these in .env; .env.example shows good values'), null];
  }
}

function folder({ env: { dataDir } }: Settings): Finding {
  if (!existsSync(dataDir)) return good(`${dataDir} will be made by \`npm start\``);
  try {
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch {
    return bad(`${dataDir} cannot be written`, `chown -R $(id -un) ${dataDir}, or set DATA_DIR`);
  }
  const { bavail, bsize } = statfsSync(dataDir);
  const megabytes = Math.round((bavail * bsize) / 2 ** 20);
  return megabytes < 500
    ? bad(`only ${megabytes} MB free in ${dataDir}`, 'free at least 500 MB')
    : good(`${dataDir}: ${Math.round(megabytes / 1024)} GB free`);
}

async function ports({ env }: Settings): Promise<Finding[]> {
  const running = runningShop(env.dataDir);
  if (running) return [good(`the shop runs (process ${running})`)];
  const problems = await portProblems(env);
  return problems.length === 0
    ? [good('ports are free')]
    : problems.map((text) =>
        bad(text.split(': ')[0] ?? text, text.split(': ').slice(1).join(': ')),
      );
}

async function query(url: string): Promise<Finding> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      `select current_setting('server_version') as version`,
    );
    return good(`database: Postgres ${rows[0]?.version ?? 'of an unknown version'}`);
  } catch (error) {
    return bad(
      `the database does not answer: ${reason(error)}`,
      'start it, or correct DATABASE_URL',
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function database({ env }: Settings): Promise<Finding> {
  try {
    if (env.databaseUrl) return await query(env.databaseUrl);
    const account = postgresAccount();
    const place = clusterPlace(env.dataDir, account);
    postgresBinaries(account, place.elsewhere);
    if (runningShop(env.dataDir)) return await query(runningDatabase(env.dataDir));
    return good(
      checkCluster(place.cluster) === 'empty'
        ? 'database: will be created by `npm start`'
        : `database: embedded, in ${place.cluster}`,
    );
  } catch (error) {
    return bad(reason(error), 'see the sentence above; a backup restores it');
  }
}

/** Starting texts with passages for the owner: fine in a demonstration, not before customers. */
async function pages({ env }: Settings): Promise<Finding[]> {
  const url = env.databaseUrl ?? (runningShop(env.dataDir) ? runningDatabase(env.dataDir) : null);
  if (url === null) return [good('legal pages: checked while the shop runs')];
  const titles = await unfinishedPages(url).catch(() => []);
  if (titles.length === 0) return [];
  const text = `pages with passages to complete ("[À compléter…]"): ${titles.join(', ')}`;
  return [
    env.shopMode === 'live'
      ? bad(text, `complete them in ${env.publicApiUrl}/admin, Pages, and publish them`)
      : good(`${text}; complete them before SHOP_MODE=live`),
  ];
}

const healthSchema = z.object({
  checks: z.record(z.string(), z.object({ status: z.string(), message: z.string().optional() })),
});
const remedies: Record<string, string> = {
  migrations: 'npm run migrate',
  database: 'see logs/api.log; Postgres restarts by itself',
  strapi: 'see logs/api.log; Strapi restarts by itself',
  mail: 'set SMTP_URL, or see last_error in the table mail_outbox',
  storage: 'check the S3_* variables, or free space for DATA_DIR/images',
  catalogue: 'npm run seed, or see logs/api.log',
};

/** What the running shop says of itself: migrations, storage, catalogue. */
async function health({ env }: Settings): Promise<Finding[]> {
  if (!runningShop(env.dataDir))
    return [good('migrations and storage: checked while the shop runs')];
  try {
    const { checks } = healthSchema.parse(
      await (
        await fetch(`http://127.0.0.1:${env.apiPort}/health`, { signal: AbortSignal.timeout(3000) })
      ).json(),
    );
    return Object.entries(checks).map(([name, { status, message }]) =>
      status === 'ok' || status === 'off'
        ? good(`${name}: ${status}`)
        : bad(
            `${name}: ${status}${message ? ` (${message})` : ''}`,
            remedies[name] ?? 'see logs/api.log',
          ),
    );
  } catch (error) {
    return [
      bad(
        `the API does not answer on port ${env.apiPort}: ${reason(error)}`,
        'wait a moment; else stop the shop and run `npm start`',
      ),
    ];
  }
}

function builds(): Finding {
  const stale = staleTargets().map(({ name }) => name);
  return stale.length === 0
    ? good('builds are up to date')
    : bad(`to be built: ${stale.join(', ')}`, '`npm start` builds them');
}

function lock(): Finding {
  try {
    const installed = readFileSync(join(ROOT, 'node_modules/.comptoir-installed'), 'utf8').trim();
    return good(`packages installed (${installed.slice(0, 8)})`);
  } catch {
    return bad('packages were not installed from the lock file', 'npm ci');
  }
}

/**
 * `npm run doctor`: what is right, what is not, and the fix for each.
 * @returns 1 when something is wrong
 */
export async function doctor(): Promise<number> {
  const [env, settings] = environment();
  const found = [
    versions(),
    lock(),
    env,
    builds(),
    ...(settings
      ? [
          folder(settings),
          ...(await ports(settings)),
          await database(settings),
          ...(await health(settings)),
          ...(await pages(settings)),
        ]
      : []),
  ];
  for (const finding of found)
    say(finding.ok ? `✓ ${finding.text}` : `✗ ${finding.text}\n    fix: ${finding.fix}`);
  const wrong = found.filter(({ ok }) => !ok).length;
  say(wrong === 0 ? '\nAll is well.' : `\n${wrong} to fix.`);
  return wrong === 0 ? 0 : 1;
}
