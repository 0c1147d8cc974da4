import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { ROOT } from '@comptoir/env';

import { ensureTemplate, shopEnv, TEMPLATE, templateData } from './template.ts';
import { createDatabase } from './test-database.ts';

const answerSchema = z.discriminatedUnion('ok', [
  z.object({ id: z.int(), ok: z.literal(true), result: z.unknown().optional() }),
  z.object({
    id: z.int(),
    ok: z.literal(false),
    error: z.object({ name: z.string(), message: z.string(), details: z.unknown().optional() }),
  }),
]);

/** A refusal of Strapi's, with its details (`errors[].path`). */
export class CommandFailed extends Error {
  readonly details: unknown;
  constructor({ name, message, details }: { name: string; message: string; details?: unknown }) {
    super(message);
    this.name = name;
    this.details = details;
  }
}

/**
 * Strapi in a process of its own on a copy of the seeded shop. Commands may overlap: each is sent
 * at once.
 */
export interface StrapiChannel {
  databaseUrl: string;
  document(uid: string, method: string, params: Record<string, unknown>): Promise<unknown>;
  /** The same call in a transaction that fails afterwards. */
  failing(uid: string, method: string, params: Record<string, unknown>): Promise<unknown>;
  service(plugin: string, service: string, method: string, ...args: unknown[]): Promise<unknown>;
  adjust(sku: string, delta: number): Promise<unknown>;
  /** Opens the checkout with a payment provider in memory. */
  fakePayments(): Promise<unknown>;
  replacePicture(file: number, path: string): Promise<unknown>;
  stop(): Promise<void>;
}

interface Waiting {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

function open(databaseUrl: string, dataDir: string, env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [join(ROOT, 'infra/harness/strapi-child.ts')], {
    env: { ...shopEnv(databaseUrl, dataDir), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const waiting = new Map<number, Waiting>();
  const said: string[] = [];
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      for (const { reject } of waiting.values())
        reject(new Error(`Strapi ended:\n${said.slice(-30).join('\n')}`));
      resolve();
    }),
  );
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('\u0001')) {
      said.push(line);
      return;
    }
    const answer = answerSchema.parse(JSON.parse(line.slice(1)));
    const one = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) one?.resolve(answer.result);
    else one?.reject(new CommandFailed(answer.error));
  });
  const wait = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
  return { child, ended, wait };
}

/** Starts a {@link StrapiChannel}; `stop` ends the process and drops the database. */
export async function startStrapiChannel(env: NodeJS.ProcessEnv = {}): Promise<StrapiChannel> {
  await ensureTemplate();
  const dataDir = mkdtempSync(join(tmpdir(), 'comptoir-strapi-'));
  cpSync(templateData(), dataDir, { recursive: true });
  const database = await createDatabase(TEMPLATE);
  const { child, ended, wait } = open(database.url, dataDir, env);
  await wait(0);
  let last = 0;
  const send = (command: Record<string, unknown>): Promise<unknown> => {
    const id = (last += 1);
    const answered = wait(id);
    child.stdin.write(`${JSON.stringify({ id, ...command })}\n`);
    return answered;
  };
  return {
    databaseUrl: database.url,
    document: (uid, method, params) => send({ op: 'document', uid, method, params }),
    failing: (uid, method, params) => send({ op: 'document', uid, method, params, fail: true }),
    service: (plugin, service, method, ...args) =>
      send({ op: 'service', plugin, service, method, args }),
    fakePayments: () => send({ op: 'fake-payments' }),
    adjust: (sku, delta) => send({ op: 'adjust', sku, delta }),
    replacePicture: (file, path) => send({ op: 'replace-picture', file, path }),
    stop: async () => {
      child.stdin.end();
      await ended;
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
