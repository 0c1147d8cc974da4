import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

import { ROOT, type Services } from './compose-file.ts';
import { serveFakeDocker } from './fake-docker.ts';

export interface RunningTraefik {
  get: (host: string, path: string) => Promise<{ status: number; body: string }>;
  /** What it wrote so far: its own log and the access log. */
  log: () => string;
  stop: () => Promise<void>;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A process that answers with its own name, at a free loopback port. */
export async function serveName(name: string): Promise<{ port: number; close: () => void }> {
  const server = createServer((_, response) => response.end(name)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: portOf(server),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function freePort(): Promise<number> {
  const { port, close } = await serveName('nobody');
  close();
  return port;
}

const get = (port: number, host: string, path: string): Promise<{ status: number; body: string }> =>
  new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
      let body = '';
      response
        .setEncoding('utf8')
        .on('data', (part: string) => {
          body += part;
        })
        .on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    })
      .on('error', reject)
      .end();
  });

/** Our static file, with the container's ports and socket replaced by this test's. */
function writeStatic(folder: string, web: number, ping: number): string {
  const file: unknown = parse(
    readFileSync(join(ROOT, 'infra/traefik/traefik.yml'), 'utf8')
      .replace(':80"', `127.0.0.1:${web}"`)
      .replace(':8082"', `127.0.0.1:${ping}"`),
  );
  const settings = file as { providers: { docker: Record<string, unknown> } };
  settings.providers.docker['endpoint'] = `unix://${join(folder, 'docker.sock')}`;
  writeFileSync(join(folder, 'traefik.yml'), stringify(settings));
  return join(folder, 'traefik.yml');
}

/** Polls until `probe` is true. @throws Error after 30 seconds. */
async function until(probe: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await probe().catch(() => false))) {
    if (Date.now() > end) throw new Error(`${what} did not come within 30 seconds`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Starts the real Traefik on these services' labels; ready once its Docker provider has been read.
 */
export async function startTraefik(program: string, services: Services): Promise<RunningTraefik> {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-traefik-'));
  const docker = await serveFakeDocker(join(folder, 'docker.sock'), services);
  const [web, ping] = [await freePort(), await freePort()];
  const child = spawn(program, [`--configfile=${writeStatic(folder, web, ping)}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.kill()) await once(child, 'exit');
    docker.close();
    docker.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  };
  // The dashboard's own route comes from a label: once it answers (403: not to us), all labels have
  // been applied.
  await until(
    async () =>
      [200, 403].includes((await get(web, 'traefik.localhost', '/api/overview')).status) &&
      (await get(ping, 'ping', '/ping')).status === 200,
    'Traefik',
  ).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { get: (host, path) => get(web, host, path), log: () => log, stop };
}
