import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '@comptoir/supervisor';

import { goProgram, goProgramMissing } from './go-tool.ts';

/**
 * Pinned: the published images and binaries were withdrawn when the projects were archived (same
 * pins as infra/minio/Dockerfile).
 */
const MODULES = {
  minio: 'github.com/minio/minio@v0.0.0-20260212201848-7aac2a2c5b7c',
  mc: 'github.com/minio/mc@v0.0.0-20251106162529-77f82e18b540',
} as const;
const run = promisify(execFile);

/** Why MinIO cannot run here, or null when it can: the one reason to skip its tests. */
export const minioMissing = (): string | null => goProgramMissing(...Object.keys(MODULES));

const binary = (name: keyof typeof MODULES): Promise<string> => goProgram(name, MODULES[name]);

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (child.exitCode !== null)
      throw new Error(`MinIO stopped with code ${child.exitCode} before it answered`);
    if (
      await fetch(`${url}/minio/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    await pause(100);
  }
  throw new Error(`MinIO does not answer at ${url}`);
}

/**
 * A running MinIO whose bucket, anonymous policy and app user were made by `infra/minio/bucket.sh`,
 * as in compose.
 */
export interface Minio {
  endpoint: string;
  bucket: string;
  /** The variables an app needs to use it. */
  env: Record<string, string>;
  /** Runs the bucket job again, as `docker-compose run --rm bucket` does, with other variables. */
  bucketJob(env: Record<string, string>): Promise<void>;
  /** Takes it away and brings it back with its data, for tests of a store that is away. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

interface Server {
  start(): Promise<void>;
  stop(): Promise<void>;
}

function serverOf(
  path: string,
  port: number,
  data: string,
  secrets: Record<string, string>,
): Server {
  let child: ChildProcess | null = null;
  return {
    async start() {
      child = spawn(path, ['server', data, '--address', `127.0.0.1:${port}`, '--quiet'], {
        stdio: 'ignore',
        env: {
          PATH: process.env['PATH'],
          HOME: data,
          MINIO_BROWSER: 'off',
          MINIO_UPDATE: 'off',
          ...secrets,
        },
      });
      await answers(`http://127.0.0.1:${port}`, child);
    },
    async stop() {
      if (child === null || child.exitCode !== null) return;
      const ended = new Promise((done) => child?.once('exit', done));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/**
 * The bucket job as compose runs it, for one server with its data folder; `given` are its
 * variables, of which a call may change some.
 */
function bucketJobOf(mc: string, data: string, given: Record<string, string>): Minio['bucketJob'] {
  const script = resolve(import.meta.dirname, '../minio/bucket.sh');
  const path = [resolve(mc, '..'), process.env['PATH']].join(delimiter);
  return async (env) => {
    await run('sh', [script], {
      env: { PATH: path, HOME: data, MC_CONFIG_DIR: join(data, '.mc'), ...given, ...env },
    });
  };
}

/**
 * Starts MinIO on a free port with a bucket ready. `corsOrigins` are the browsers' origins it
 * answers to.
 */
export async function startMinio({
  corsOrigins = ['http://localhost:3000'],
}: { corsOrigins?: string[] } = {}): Promise<Minio> {
  const [minio, mc] = [await binary('minio'), await binary('mc')];
  const data = await mkdtemp(join(tmpdir(), 'minio-'));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const root = {
    MINIO_ROOT_USER: 'minio-root',
    MINIO_ROOT_PASSWORD: randomBytes(12).toString('hex'),
  };
  const server = serverOf(minio, port, data, {
    ...root,
    MINIO_API_CORS_ALLOW_ORIGIN: corsOrigins.join(','),
  });
  await server.start();
  const app = {
    S3_BUCKET: 'product-images',
    S3_ACCESS_KEY_ID: 'comptoir-app',
    S3_SECRET_ACCESS_KEY: randomBytes(12).toString('hex'),
  };
  const bucketJob = bucketJobOf(mc, data, { MINIO_URL: endpoint, ...root, ...app });
  await bucketJob({});
  return {
    endpoint,
    bucket: app.S3_BUCKET,
    env: {
      IMAGE_STORE: 's3',
      S3_ENDPOINT: endpoint,
      S3_REGION: 'us-east-1',
      S3_FORCE_PATH_STYLE: 'true',
      ...app,
    },
    bucketJob,
    ...server,
    async remove() {
      await server.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
