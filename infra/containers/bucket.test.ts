import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { composeText, readServices, ROOT } from './compose-file.ts';

const good = { MINIO_ROOT_PASSWORD: 'k'.repeat(20), S3_SECRET_ACCESS_KEY: 'k'.repeat(20) };
/** The job without `mc` on its path: it ends at the first word to MinIO, if it gets that far. */
const bucket = (env: Record<string, string>): string =>
  spawnSync('/bin/sh', [join(ROOT, 'infra/minio/bucket.sh')], {
    encoding: 'utf8',
    env: {
      PATH: '/usr/bin:/bin',
      MINIO_URL: 'http://127.0.0.1:1',
      MINIO_ROOT_USER: 'x',
      S3_BUCKET: 'x',
      S3_ACCESS_KEY_ID: 'x',
      ...good,
      ...env,
    },
  }).stderr;

test.each([
  ['MINIO_ROOT_PASSWORD', 'comptoir-minio-root'],
  ['S3_SECRET_ACCESS_KEY', 'comptoir-minio-app'],
])('a real shop does not start on the example of %s', (name, value) => {
  expect(bucket({ SHOP_MODE: 'live', [name]: value })).toMatch(
    new RegExp(`^${name} is an example value.*Set it in \\.env`),
  );
  expect(bucket({ SHOP_MODE: 'demo', [name]: value })).not.toContain('example value');
  expect(bucket({ SHOP_MODE: 'live' })).not.toContain('example value');
});
test('the job is told which shop it works for', () =>
  expect(readServices(composeText())['bucket']?.environment['SHOP_MODE']).toBe(
    '${SHOP_MODE:-demo}',
  ));
