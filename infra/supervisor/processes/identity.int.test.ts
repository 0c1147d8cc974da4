import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, test, vi } from 'vitest';

import { commandOf } from './identity.ts';

afterEach(() => vi.unstubAllEnvs());

/** Where Linux must tell, ps is made not to be found; other systems always have it. */
const ways = existsSync('/proc/self') ? ['ps', '/proc'] : ['ps'];

describe.each(ways)('as %s tells', (way) => {
  const prepare = (): void => {
    if (way === '/proc') vi.stubEnv('PATH', '/nowhere');
  };
  test('a live process has its whole command line, a dead one none', async () => {
    prepare();
    const mark = 'x'.repeat(300);
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', `${mark}/end`]);
    await once(child, 'spawn');
    expect(commandOf(child.pid ?? 0)).toContain(`${mark}/end`);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(commandOf(child.pid ?? 0)).toBeNull();
  });
  test.each([0, -1, NaN])('%s is nobody', (pid) => {
    prepare();
    expect(commandOf(pid)).toBeNull();
  });
});
