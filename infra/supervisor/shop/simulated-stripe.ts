import { createHmac } from 'node:crypto';
import { join } from 'node:path';
import { ensureSecrets, type Env, ROOT } from '@comptoir/env';
import { type Child, startChild } from '@comptoir/process';

import { keepAlive, type Kept } from './kept-alive.ts';
import { orLastWords } from './or-last-words.ts';
import type { Terminal } from './processes.ts';

const WEBHOOK = '/api/paiements/stripe/webhook';
/** What the simulator keeps in the data folder. */
export const SIMULATOR_STATE = 'stripe-simulator.json';

type Supervised = Pick<
  Env<'supervisor'>,
  'shopMode' | 'stripeSecretKey' | 'stripeApiBase' | 'stripeSimulatorPort' | 'apiPort' | 'dataDir'
>;

/** A demo that was told of no Stripe pays at a simulator of its own. */
export const usesSimulator = ({ shopMode, stripeSecretKey, stripeApiBase }: Supervised): boolean =>
  shopMode === 'demo' && stripeSecretKey === undefined && stripeApiBase === undefined;

/** Where browsers find its pay page. */
export const simulatorUrl = ({ stripeSimulatorPort }: Supervised): string =>
  `http://localhost:${stripeSimulatorPort}`;

/**
 * Keys of the simulator alone, made of the data folder's own secrets: the same as long as the
 * folder lives.
 */
const keyOf = (dataDir: string, purpose: string): string =>
  createHmac('sha256', ensureSecrets(dataDir).ENCRYPTION_KEY)
    .update(`stripe-simulator;${purpose}`)
    .digest('hex')
    .slice(0, 32);
const secretKey = ({ dataDir }: Supervised): string => `sk_test_${keyOf(dataDir, 'key')}`;
const webhookSecret = ({ dataDir }: Supervised): string => `whsec_${keyOf(dataDir, 'webhook')}`;

/**
 * The API's variables that lead it to the simulator; none when Stripe itself takes the payments, or
 * payments are off.
 */
export const simulatorVariables = (env: Supervised): NodeJS.ProcessEnv =>
  usesSimulator(env)
    ? {
        STRIPE_SECRET_KEY: secretKey(env),
        STRIPE_WEBHOOK_SECRET: webhookSecret(env),
        STRIPE_API_BASE: `http://127.0.0.1:${env.stripeSimulatorPort}`,
      }
    : {};

const settingsOf = (env: Supervised): NodeJS.ProcessEnv => ({
  STRIPE_SIMULATOR_PORT: String(env.stripeSimulatorPort),
  STRIPE_SIMULATOR_PUBLIC_URL: simulatorUrl(env),
  STRIPE_SIMULATOR_SECRET_KEY: secretKey(env),
  STRIPE_SIMULATOR_WEBHOOK_URL: `http://127.0.0.1:${env.apiPort}${WEBHOOK}`,
  STRIPE_SIMULATOR_WEBHOOK_SECRET: webhookSecret(env),
  STRIPE_SIMULATOR_STATE_FILE: join(env.dataDir, SIMULATOR_STATE),
});

/**
 * The simulator, kept running; it depends on no other process and keeps its state across restarts.
 */
export function keepSimulator(
  env: Supervised,
  { raw }: { raw: NodeJS.ProcessEnv },
  terminal: Terminal,
): Promise<Kept> {
  const name = 'The Stripe simulator';
  const url = `http://127.0.0.1:${env.stripeSimulatorPort}/health`;
  const start = (stopping: AbortSignal): Promise<Child> => {
    const child = startChild({
      name,
      args: [join(ROOT, 'infra/stripe-simulator/main.ts')],
      cwd: ROOT,
      env: { ...raw, ...settingsOf(env) },
      logFile: join(env.dataDir, 'logs/stripe-simulator.log'),
    });
    return orLastWords(child, url, stopping, 30_000);
  };
  return keepAlive({ name, policy: 'limited', start, ...terminal });
}
