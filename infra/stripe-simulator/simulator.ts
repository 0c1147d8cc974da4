import { setTimeout as pause } from 'node:timers/promises';

import { type PayInput, payWithoutBrowser } from './control.ts';
import { type Faults, makeFaults } from './faults.ts';
import { settleDue } from './payment-intents.ts';
import { ledger, type LedgerRow } from './refunds.ts';
import { expireOverdue } from './sessions.ts';
import { listen, type RecordedCall } from './simulator-server.ts';
import { forgetOld, openStore } from './state.ts';
import { makeApi } from './stripe-api.ts';
import { type Courier, makeCourier, type WebhookTarget } from './webhooks.ts';
import type { World } from './world.ts';

export interface SimulatorOptions {
  /** `sk_test_…`: the only key it takes. */
  secretKey: string;
  /** Where signed events go; null: nowhere (they can still be listed). */
  webhook?: WebhookTarget | null;
  host?: string;
  /** 0: a free one. */
  port?: number;
  /** Where browsers reach it, when that is another address than where it listens. */
  publicUrl?: string;
  /** JSON file that survives restarts; null: memory only. */
  stateFile?: string | null;
  /** Milliseconds since 1970, as `Date.now`. */
  now?: () => number;
  /** Milliseconds before each further attempt at a webhook. */
  retryDelays?: readonly number[];
  /** Milliseconds the shop has to answer a webhook. */
  webhookTimeout?: number;
  redirectWait?: number;
  /** Seconds until a delayed payment settles by itself; null: when a control says so. */
  settleAfter?: number | null;
  /** Called for each API call that was answered. */
  record?: (call: RecordedCall) => void;
}

export interface Simulator {
  url: string;
  port: number;
  faults: Faults;
  aim(target: WebhookTarget | null): void;
  /** Cents by order: what this Stripe took and gave back. */
  ledger(): Record<string, LedgerRow>;
  /** Pays a session without a browser. @throws StripeProblem when it is unknown or not open */
  pay(session: string, input?: PayInput): Promise<Record<string, unknown>>;
  /** Expires and settles what is due by its clock; also done every second. */
  tick(): Promise<void>;
  /** Resolves when no webhook is under way. */
  idle(): Promise<void>;
  /** Stops; undelivered events stay in the state file for the next start. */
  close(): Promise<void>;
}

const wait = (ms: number, signal?: AbortSignal): Promise<void> =>
  pause(ms, undefined, { ref: false, ...(signal === undefined ? {} : { signal }) }).catch(
    () => undefined,
  );
const RETRIES = [1000, 5000, 30_000, 120_000, 600_000];

const checkKey = (key: string): void => {
  if (!/^[sr]k_test_\w+$/.test(key))
    throw new Error('The simulator takes a test key only: sk_test_ and letters or digits.');
};

const committer = (world: World, courier: Courier) => async (): Promise<void> => {
  const leaving = world.unsent.splice(0);
  try {
    await world.saved();
  } finally {
    courier.send(leaving);
  }
};

const build = (options: SimulatorOptions) => {
  const {
    now = Date.now,
    stateFile = null,
    publicUrl = '',
    settleAfter = null,
    retryDelays = RETRIES,
    webhookTimeout = 10_000,
  } = options;
  const world: World = {
    ...openStore(stateFile),
    now: () => Math.floor(now() / 1000),
    publicUrl,
    settleAfter,
    unsent: [],
  };
  const faults = makeFaults();
  const courier = makeCourier({
    target: options.webhook ?? null,
    faults,
    now: world.now,
    wait,
    retryDelays,
    timeout: webhookTimeout,
  });
  return {
    world,
    faults,
    courier,
    commit: committer(world, courier),
    api: makeApi({ world, faults, secretKey: options.secretKey, wait }),
  };
};

/**
 * Starts a stateful stand-in for Stripe: the API under `/v1/`, the pay page under `/pay/`, controls
 * for tests under `/_simulator/`.
 * @throws Error on a key that is no test key, a damaged state file or a taken port
 */
export const startSimulator = async (options: SimulatorOptions): Promise<Simulator> => {
  checkKey(options.secretKey);
  const parts = build(options);
  const { world, faults, courier, commit } = parts;
  const { server, port } = await listen(
    { ...parts, wait, redirectWait: options.redirectWait ?? 10_000, record: options.record },
    options.host ?? '127.0.0.1',
    options.port ?? 0,
  );
  const url = `http://127.0.0.1:${port}`;
  if (world.publicUrl === '') world.publicUrl = url;
  courier.send([...world.state.events.values()].filter(({ delivery }) => delivery === 'pending'));
  const tick = async (): Promise<void> => {
    expireOverdue(world);
    settleDue(world);
    forgetOld(world.state, world.now());
    if (world.unsent.length > 0) await commit();
  };
  const timer = setInterval(
    () =>
      void tick().catch((error: unknown) => console.error('the Stripe simulator failed', error)),
    1000,
  ).unref();
  return {
    url,
    port,
    faults,
    tick,
    aim: (target) => courier.aim(target),
    idle: () => courier.idle(),
    ledger: () => ledger(world),
    async pay(session, input = {}) {
      const paid = payWithoutBrowser(parts, session, input);
      await commit();
      return paid;
    },
    async close() {
      clearInterval(timer);
      server.close();
      server.closeAllConnections();
      await courier.close();
      await world.saved();
    },
  };
};
