import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CatalogueEntry } from '@comptoir/contracts';
import { createLog, createMetrics } from '@comptoir/telemetry';

import { createDoor, type Door, type DoorOptions } from './door.ts';
import { paymentSetup } from './payment-health.ts';

/** A port without a listener. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 1;
}

export const log = createLog({ service: 'test', level: 'silent' });

/** Opens a door for a test on a random port; without a database unless one is given. */
export async function tryDoor(
  options: Partial<DoorOptions> & {
    entries?: CatalogueEntry[];
    opening?: (door: Door) => void;
  } = {},
) {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'door-')));
  const { entries } = options;
  const door = createDoor({
    version: '0.0.0-test',
    host: '127.0.0.1',
    port: 0,
    dataDir,
    databaseUrl: `postgres://nobody:x@127.0.0.1:${await closedPort()}/none`,
    imageBase: 'http://images.test',
    images: { get: async () => null, check: async () => undefined, signedUrl: async () => null },
    strapi: null,
    socket: join(dataDir, 'no.sock'),
    mailRoute: 'inbox',
    paymentSetup: paymentSetup({ shopMode: 'demo' }),
    seed: entries ? async () => ({ name: 'seedtest', entries }) : null,
    log,
    metrics: createMetrics('test'),
    longPollMs: 300,
    pollMs: 200,
    ...options,
  });
  options.opening?.(door);
  const port = await door.open();
  const base = `http://127.0.0.1:${port}`;
  return {
    door,
    port,
    base,
    dataDir,
    get: (path: string, init?: RequestInit): Promise<Response> => fetch(`${base}${path}`, init),
    async close(keep = false): Promise<void> {
      await door.close();
      if (!keep) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Asks until `wanted` holds; polling a condition, bounded by the test's own time limit. */
export async function until(wanted: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await wanted())) await new Promise((resolve) => setTimeout(resolve, 20));
}
