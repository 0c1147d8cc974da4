import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { startFresh } from './fresh.ts';

let dataDir = '';

function keep(file: string): void {
  mkdirSync(join(dataDir, dirname(file)), { recursive: true });
  writeFileSync(join(dataDir, file), '');
}

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'comptoir-fresh-'));
  chmodSync(dataDir, 0o755);
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('takes the originals of uploaded pictures too, and leaves what is not ours', async () => {
  for (const file of [
    'public/uploads/carafe.png',
    'images/renditions/x.webp',
    'secrets.json',
    'door/catalogue.json',
    'notes.txt',
  ])
    keep(file);
  await startFresh(dataDir, true);
  expect(readdirSync(dataDir)).toEqual(['notes.txt']);
});
