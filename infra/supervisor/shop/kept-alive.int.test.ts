import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Child, isRunning, type Policy, startChild } from '@comptoir/process';

import { keepAlive, type Kept } from './kept-alive.ts';

let folder = '';
let kept: Kept | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-kept-'));
});
afterEach(async () => {
  await kept?.stop();
  kept = null;
  rmSync(folder, { recursive: true, force: true });
});

function script(text: string): string {
  const file = join(folder, 'tiny.mjs');
  writeFileSync(file, text);
  return file;
}

const child = (file: string): Child =>
  startChild({
    name: 'Tiny',
    args: [file],
    cwd: folder,
    env: process.env,
    logFile: join(folder, 'tiny.log'),
  });
const FOREVER = 'setInterval(() => {}, 1000); console.log("up");';

async function keep(
  policy: Policy,
  file: string,
): Promise<{ said: string[]; gaveUp: string[]; pids: number[] }> {
  const heard = { said: [] as string[], gaveUp: [] as string[], pids: [] as number[] };
  kept = await keepAlive({
    name: 'Tiny',
    policy,
    say: (text) => heard.said.push(text),
    giveUp: (reason) => heard.gaveUp.push(reason),
    start: async () => {
      const started = child(file);
      heard.pids.push(started.pid);
      return started;
    },
  });
  return heard;
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a child killed with -9 is named and restarted', async () => {
  const heard = await keep('limited', script(FOREVER));
  process.kill(heard.pids[0] ?? 0, 'SIGKILL');
  await vi.waitFor(
    () =>
      expect(heard.said).toEqual(['! Tiny was killed (SIGKILL): restarting', '  Tiny runs again']),
    5000,
  );
  expect(heard.pids).toHaveLength(2);
});

test('three deaths within a minute end with a message that quotes the child', async () => {
  const heard = await keep(
    'limited',
    script('console.error("the port is gone"); process.exit(3);'),
  );
  await vi.waitFor(() => expect(heard.gaveUp).toHaveLength(1), 10_000);
  expect(heard.gaveUp[0]).toMatch(
    /Tiny died 3 times within a minute \(the last time it ended with code 3\).*the port is gone/s,
  );
  expect(heard.pids).toHaveLength(3);
});

test('the database is never given up', async () => {
  const heard = await keep('always', script('process.exit(1);'));
  await vi.waitFor(() => expect(heard.pids.length).toBeGreaterThan(4), 20_000);
  expect(heard.gaveUp).toEqual([]);
});

test('stop ends it, and nothing restarts', async () => {
  const heard = await keep('always', script(FOREVER));
  await kept?.stop();
  expect(alive(heard.pids[0] ?? 0)).toBe(false);
  expect(heard.said).toEqual([]);
});

test('what a killed child had started goes with it', async () => {
  const file = script(
    `import { spawn } from 'node:child_process'; console.log('grandchild', spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']).pid); setInterval(() => {}, 1000);`,
  );
  const started = child(file);
  const grandchild = await vi.waitFor(() => {
    const found = /grandchild (\d+)/.exec(started.lastWords());
    expect(found).not.toBeNull();
    return Number(found?.[1]);
  }, 5000);
  process.kill(started.pid, 'SIGKILL');
  await vi.waitFor(() => expect(alive(grandchild)).toBe(false), 5000);
});

test('a child that ignores SIGTERM is killed when the patience ends', async () => {
  const started = child(script(`process.on('SIGTERM', () => {}); ${FOREVER}`));
  await vi.waitFor(() => expect(started.lastWords()).toContain('up'), 5000);
  await started.stop(200);
  expect(isRunning(started.process)).toBe(false);
  expect(started.process.signalCode).toBe('SIGKILL');
});

test('a child follows a parent that is killed with -9', async () => {
  const parent = child(
    script(`
    const { startChild } = await import(${JSON.stringify(join(import.meta.dirname, '../../process/child.ts'))});
    const { writeFileSync } = await import('node:fs');
    writeFileSync(${JSON.stringify(join(folder, 'inner.mjs'))}, 'setInterval(() => {}, 1000)');
    console.log('inner', startChild({ name: 'inner', args: [${JSON.stringify(join(folder, 'inner.mjs'))}], cwd: '/', env: process.env, logFile: ${JSON.stringify(join(folder, 'inner.log'))} }).pid);
    setInterval(() => {}, 1000);`),
  );
  const inner = await vi.waitFor(() => {
    const found = /inner (\d+)/.exec(parent.lastWords());
    expect(found).not.toBeNull();
    return Number(found?.[1]);
  }, 5000);
  // It has a group of its own, so only the closed channel can tell it.
  process.kill(parent.pid, 'SIGKILL');
  await vi.waitFor(() => expect(alive(inner)).toBe(false), 5000);
});

test('what is told to end while it starts ends, and is waited for', async () => {
  const file = script(FOREVER);
  let started: Child | null = null;
  let end: (() => Promise<void>) | null = null;
  const begun = keepAlive({
    name: 'Tiny',
    policy: 'limited',
    say: () => undefined,
    giveUp: () => undefined,
    register: (stop) => {
      end = stop;
    },
    start: async (stopping) => {
      started = child(file);
      await new Promise((resolve) => stopping.addEventListener('abort', resolve));
      return started;
    },
  });
  const pid = await vi.waitFor(() => {
    expect(started).not.toBeNull();
    return (started as Child | null)?.pid ?? 0;
  });
  await (end as (() => Promise<void>) | null)?.();
  expect(alive(pid)).toBe(false);
  expect((await begun).current()).toBeNull();
});

test('what was told to end before it began is not started', async () => {
  let starts = 0;
  const ended = await keepAlive({
    name: 'Tiny',
    policy: 'limited',
    say: () => undefined,
    giveUp: () => undefined,
    register: (stop) => void stop(),
    start: async () => {
      starts += 1;
      return child(script(FOREVER));
    },
  });
  expect([starts, ended.current()]).toEqual([0, null]);
});
