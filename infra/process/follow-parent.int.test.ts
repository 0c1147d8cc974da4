import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'comptoir-follow-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * Starts a parent with a child that runs `script`, and kills the parent.
 * @returns the child's pid and when that was, in ms
 */
async function orphan(script: string): Promise<{ pid: number; since: number }> {
  const child = write('child.mjs', script);
  const parent = fork(
    write(
      'parent.mjs',
      `import { fork } from 'node:child_process';
      const child = fork(${JSON.stringify(child)});
      child.once('message', () => process.send(child.pid));`,
    ),
  );
  const [pid] = await once(parent, 'message');
  parent.kill('SIGKILL');
  return { pid: Number(pid), since: Date.now() };
}

const FOLLOW = `import { followParent } from ${JSON.stringify(join(import.meta.dirname, 'follow-parent.mjs'))};`;
const DEAF = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); process.send('up');`;

test('asked twice, a child that ignores SIGTERM has the shorter patience', async () => {
  const { pid, since } = await orphan(`${FOLLOW} followParent(60_000); followParent(300); ${DEAF}`);

  await vi.waitFor(() => expect(alive(pid)).toBe(false), 10_000);

  expect(Date.now() - since).toBeGreaterThan(250);
});

test('a child that takes SIGTERM ends at once', async () => {
  const { pid } = await orphan(
    `${FOLLOW} followParent(60_000); setInterval(() => {}, 1000); process.send('up');`,
  );

  await vi.waitFor(() => expect(alive(pid)).toBe(false), 10_000);
});
