import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { memoryOf, writeDump } from '@comptoir/catalogue/read';

import { tryDoor } from './door.fixture.ts';
import type { Door } from './door.ts';
import { littleCatalogue } from './entries.fixture.ts';

let dataDir: string;
let shop: Awaited<ReturnType<typeof tryDoor>> | null = null;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'door-opening-'));
});
afterEach(async () => {
  await shop?.close();
  shop = null;
  await rm(dataDir, { recursive: true, force: true });
});

/** What the door knew at the moment it began to listen. */
function atFirst(door: Door): { known: boolean | null } {
  const seen: { known: boolean | null } = { known: null };
  door.server.once('listening', () => {
    seen.known = door.catalogue.current() !== null;
  });
  return seen;
}

test('a door with a dump knows its catalogue before anybody can ask', async () => {
  await writeDump(join(dataDir, 'door'), { memory: memoryOf('e', littleCatalogue()), asOf: 1000 });
  let seen: { known: boolean | null } = { known: null };
  shop = await tryDoor({
    dataDir,
    opening: (door) => {
      seen = atFirst(door);
    },
  });
  expect(seen.known).toBe(true);
});

test('a catalogue that takes long to read does not keep the port closed', async () => {
  const ready = Promise.withResolvers<{
    name: string;
    entries: ReturnType<typeof littleCatalogue>;
  }>();
  let seen: { known: boolean | null } = { known: null };
  shop = await tryDoor({
    dataDir,
    seed: () => ready.promise,
    opening: (door) => {
      seen = atFirst(door);
      door.server.once('listening', () =>
        ready.resolve({ name: 'late', entries: littleCatalogue() }),
      );
    },
  });
  expect(seen.known).toBe(false);
  expect((await shop.get('/api/produits')).status).toBe(200);
});
