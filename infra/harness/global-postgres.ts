import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@comptoir/supervisor';

/**
 * One Postgres for a whole test run (vitest `globalSetup`; Playwright's too): started on a random
 * port, gone with the run.
 */
export default async function startForRun(): Promise<() => Promise<void>> {
  if (process.env['COMPTOIR_TEST_POSTGRES']) return async () => undefined;
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-test-'));
  // The database runs as another user when the tests run as root.
  chmodSync(folder, 0o755);
  const postgres = await startPostgres({ dataDir: folder, database: 'postgres', durable: false });
  process.env['COMPTOIR_TEST_POSTGRES'] = postgres.url;
  process.env['COMPTOIR_TEST_FOLDER'] = folder;
  return async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
