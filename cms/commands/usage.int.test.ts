import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** No database is named: a command that went on to load Strapi would say so. */
function said(...args: string[]): [number | null, string] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, '../run.ts'), ...args],
    { encoding: 'utf8', env: { ...process.env, DATABASE_URL: '' } },
  );
  return [status, stdout + stderr];
}

test.each([
  [['export'], /^Usage: npm run export -- FILE\.csv/m],
  [['export', 'a.csv', 'b.csv'], /^Usage: npm run export/m],
  [['import'], /^Usage: npm run import -- FILE\.csv/m],
  [['import', 'a.csv', '--dry'], /^Unknown option --dry\.\nUsage:/m],
  [['sweep', '--all'], /^Unknown option --all\.\nUsage:/m],
  [['nothing'], /^Unknown command "nothing"\. Known: /m],
])('%j is told how to be used before anything is loaded', (args, usage) => {
  const [status, text] = said(...args);
  expect(status).toBe(1);
  expect(text).toMatch(usage);
  expect(text).not.toContain('DATABASE_URL');
});
