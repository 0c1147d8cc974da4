import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { ensureSecrets, type Env, loadEnv, ROOT } from '@comptoir/env';

import { simulatorVariables } from './shop/simulated-stripe.ts';

export interface Settings {
  env: Env<'supervisor'>;
  /** What children get: the shell's variables, .env, derived addresses. */
  raw: NodeJS.ProcessEnv;
}

/** `.env` at the root when there is one; the shell wins over it. */
function withFile(shell: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const file = join(ROOT, '.env');
  return existsSync(file) ? { ...parseEnv(readFileSync(file, 'utf8')), ...shell } : { ...shell };
}

/** Addresses that are not set follow the ports. */
function withAddresses(raw: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const api = `http://localhost:${raw['API_PORT'] || 4000}`;
  const site = `http://localhost:${raw['STOREFRONT_PORT'] || 3000}`;
  return {
    ...raw,
    PUBLIC_API_URL: raw['PUBLIC_API_URL'] || api,
    API_URL: raw['API_URL'] || api,
    PUBLIC_SITE_URL: raw['PUBLIC_SITE_URL'] || site,
  };
}

/** The environment of every command. @throws Error that lists each bad variable */
export function readSettings(shell: NodeJS.ProcessEnv = process.env): Settings {
  const raw = withAddresses(withFile(shell));
  const env = loadEnv('supervisor', raw);
  return { env, raw: { ...raw, DATA_DIR: env.dataDir, NODE_ENV: env.nodeEnv, TZ: 'UTC' } };
}

/**
 * The children's environment: the database's address, that of the Stripe simulator where one is
 * used, and the secrets of this data folder for those left blank.
 */
export function childEnv({ env, raw }: Settings, databaseUrl: string): NodeJS.ProcessEnv {
  const blank = Object.entries(ensureSecrets(env.dataDir)).filter(([name]) => !raw[name]?.trim());
  const complete = {
    ...raw,
    ...Object.fromEntries(blank),
    ...simulatorVariables(env),
    DATABASE_URL: databaseUrl,
  };
  // Checked here, so that a mistake is one message in the terminal and not a dying child.
  loadEnv('api', complete);
  loadEnv('storefront', complete);
  return complete;
}
