import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';

import { commandFromProc, commandFromPs, commandOf } from './process-identity.ts';

/** Slim images of Linux have no ps, other systems no /proc. */
const hasPs = spawnSync('ps').error === undefined;
const isLinux = process.platform === 'linux';
const ways = [
  ['the system', commandOf] as const,
  ...(hasPs || !isLinux ? [['ps', commandFromPs] as const] : []),
  ...(isLinux ? [['/proc', commandFromProc] as const] : []),
];

describe.each(ways)('as %s tells', (_, tell) => {
  test('a live process has its whole command line, a dead one none', async () => {
    const mark = 'x'.repeat(300);
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', `${mark}/end`]);
    await once(child, 'spawn');

    expect(tell(child.pid ?? 0)).toContain(`${mark}/end`);

    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(tell(child.pid ?? 0)).toBeNull();
  });
});

test.each([0, -1, NaN])('%s is no process', (pid) => {
  expect(commandOf(pid)).toBeNull();
});
