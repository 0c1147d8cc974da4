import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

import { ROOT } from './compose-file.ts';

test('npm ci accepts the lock file: the first command on a fresh machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-lock-'));
  try {
    const files = execFileSync('git', ['ls-files', '*package.json', 'package-lock.json'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
      .trim()
      .split('\n');
    for (const file of files) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      cpSync(join(ROOT, file), join(folder, file));
    }
    const { status, stderr } = spawnSync(
      'npm',
      ['ci', '--dry-run', '--ignore-scripts', '--no-audit', '--loglevel=error'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect(status, stderr).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
