import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { claimDataFolder, runningShop } from './data-folder.ts';

let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'comptoir-claim-'));
  mkdirSync(join(dataDir, 'run'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('a claim is given back', () => {
  claimDataFolder(dataDir)();
  expect(runningShop(dataDir)).toBeNull();
  claimDataFolder(dataDir)();
});
test('another live shop is named with the remedy', async () => {
  const other = spawn(process.execPath, [
    '-e',
    'setInterval(() => {}, 1000)',
    '/a/checkout/infra/supervisor/main.ts',
    'start',
  ]);
  writeFileSync(join(dataDir, 'run/shop.pid'), String(other.pid));
  expect(() => claimDataFolder(dataDir)).toThrow(
    new RegExp(`already runs on .*process ${other.pid}\\): stop it`),
  );
  other.kill('SIGKILL');
  await once(other, 'exit');
  claimDataFolder(dataDir)();
});
test('after a reboot another Node program may have the number: it is no shop', () => {
  writeFileSync(join(dataDir, 'run/shop.pid'), String(process.ppid));
  expect(runningShop(dataDir)).toBeNull();
  claimDataFolder(dataDir)();
});

/** A process that claims the folder when told and keeps the claim, as a starting shop does. */
const claimer = `
  const { claimDataFolder } = await import(process.argv[1]);
  process.once('message', (folder) => {
    try { claimDataFolder(folder); process.send('claimed'); } catch (error) { process.send(error.message); }
    setInterval(() => {}, 1000);
  });
  process.send('ready');
`;
const said = async (child: ChildProcess): Promise<string> =>
  String((await once(child, 'message'))[0]);

test('of shops that start at once after a crash, one gets the folder and the others a sentence', async () => {
  const file = join(dataDir, 'run/shop.pid');
  const crashed = spawn(process.execPath, ['-e', '']);
  await once(crashed, 'exit');
  writeFileSync(file, String(crashed.pid));
  const shops = Array.from({ length: 6 }, () =>
    spawn(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        claimer,
        join(import.meta.dirname, 'data-folder.ts'),
        'infra/supervisor/main.ts',
      ],
      { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] },
    ),
  );
  try {
    await Promise.all(shops.map(said));
    const answers = await Promise.all(
      shops.map((shop) => {
        const answer = said(shop);
        shop.send(dataDir);
        return answer;
      }),
    );
    const winners = shops.filter((_, index) => answers[index] === 'claimed');
    expect(winners, answers.join('\n')).toHaveLength(1);
    expect(readFileSync(file, 'utf8')).toBe(String(winners[0]?.pid));
    expect(
      answers.filter((answer) => /stop it with Ctrl-C|stop the other one/.test(answer)),
    ).toHaveLength(shops.length - 1);
    expect(readdirSync(join(dataDir, 'run'))).toEqual(['shop.pid']);
  } finally {
    for (const shop of shops) shop.kill('SIGKILL');
    await Promise.all(
      shops
        .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
        .map((shop) => once(shop, 'exit')),
    );
  }
});
test('a claim that another shop took over is not removed when it is given back', () => {
  const release = claimDataFolder(dataDir);
  writeFileSync(join(dataDir, 'run/shop.pid'), '1');
  release();
  expect(readFileSync(join(dataDir, 'run/shop.pid'), 'utf8')).toBe('1');
});
