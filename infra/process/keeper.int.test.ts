import { spawn } from 'node:child_process';
import { afterEach, expect, test, vi } from 'vitest';

import { endChild, isRunning } from './end-child.ts';
import { createKeeper, type End, type Keeper, type Running } from './keeper.ts';

let keeper: Keeper<Running> | null = null;
afterEach(async () => {
  await keeper?.stop();
  keeper = null;
});

function startTiny(script = 'setInterval(() => {}, 1000)'): Running {
  const process = spawn(globalThis.process.execPath, ['-e', script], { stdio: 'ignore' });
  return { process, stop: () => endChild(process, { patienceMs: 5000 }) };
}

/** Keeps what `start` makes; `ends` are told in order. */
function keep(start: () => Promise<Running>, { retryFirstStart = false } = {}) {
  const ends: End<Running>['kind'][] = [];
  const gone: boolean[] = [];
  const kept = createKeeper({
    start,
    retryFirstStart,
    decide: () => ({ action: 'restart', delayMs: 1 }),
    gone: (_, wasStopped) => {
      gone.push(wasStopped);
    },
    ended: (end) => ends.push(end.kind),
  });
  keeper = kept;
  return { kept, ends, gone };
}

/** Fails at its first tries. */
function failing(times: number): () => Promise<Running> {
  let left = times;
  return async () => {
    if ((left -= 1) >= 0) throw new Error('not yet');
    return startTiny();
  };
}

test('a first start that fails is the error of begin, and is not tried again', async () => {
  const { kept, ends } = keep(failing(1));

  await expect(kept.begin()).rejects.toThrow('not yet');

  expect([ends, kept.current()]).toEqual([[], null]);
});

test('where first starts are tried again, begin resolves once it runs', async () => {
  const { kept, ends } = keep(failing(2), { retryFirstStart: true });

  await kept.begin();

  expect(ends).toEqual(['not-started', 'not-started']);
  expect(kept.current()).not.toBeNull();
});

test('one that died by itself is told apart from one that was stopped', async () => {
  const { kept, ends, gone } = keep(async () => startTiny());
  await kept.begin();
  const first = kept.current();

  first?.process.kill('SIGKILL');
  await vi.waitFor(() => expect(kept.current()?.process.pid).not.toBe(first?.process.pid), 5000);
  await vi.waitFor(() => expect(kept.current()).not.toBeNull(), 5000);
  await kept.stop();

  expect([ends, gone, kept.current()]).toEqual([['died'], [false, true], null]);
});

test('a program that cannot be started at all is an end, and no wait for ever', async () => {
  const process = spawn('/nowhere/at-all', { stdio: 'ignore' });
  process.on('error', () => undefined);

  expect(isRunning(process)).toBe(false);
  await endChild(process, { patienceMs: 60_000 });
});

test('stopped in a pause, it does not start again', async () => {
  let starts = 0;
  const paused = Promise.withResolvers<void>();
  const kept = createKeeper({
    start: async () => {
      starts += 1;
      return startTiny('process.exit(1)');
    },
    retryFirstStart: false,
    decide: () => ({ action: 'restart', delayMs: 60_000 }),
    ended: () => paused.resolve(),
  });
  await kept.begin();
  await paused.promise;

  await kept.stop();

  expect(starts).toBe(1);
});

test('a first start that fails because it was stopped is told as well: nothing runs', async () => {
  const { kept } = keep(
    (): Promise<Running> =>
      new Promise((_, reject) => setImmediate(reject, new Error('cut short'))),
  );
  const begun = kept.begin();

  await Promise.all([kept.stop(), expect(begun).rejects.toThrow('cut short')]);
});
