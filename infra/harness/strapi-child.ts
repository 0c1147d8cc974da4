/** A loaded Strapi that takes JSON commands, one a line, on its standard input; run by `startStrapiChannel`. Tests only. */
import { copyFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { ROOT } from '@comptoir/env';

const commandSchema = z.discriminatedUnion('op', [
  z.object({
    id: z.int(),
    op: z.literal('document'),
    uid: z.string(),
    method: z.string(),
    params: z.record(z.string(), z.unknown()),
    fail: z.boolean().default(false),
  }),
  z.object({
    id: z.int(),
    op: z.literal('service'),
    plugin: z.string(),
    service: z.string(),
    method: z.string(),
    args: z.array(z.unknown()),
  }),
  z.object({ id: z.int(), op: z.literal('adjust'), sku: z.string(), delta: z.int() }),
  z.object({ id: z.int(), op: z.literal('fake-payments') }),
  z.object({ id: z.int(), op: z.literal('replace-picture'), file: z.int(), path: z.string() }),
]);
type Command = z.infer<typeof commandSchema>;
type Call = (...args: readonly unknown[]) => Promise<unknown>;

const callOf = (target: Readonly<Record<string, Call>>, method: string): Call => {
  const call = target[method];
  if (!call) throw new Error(`No method ${method}`);
  return call.bind(target);
};

const replacePicture = (strapi: Core.Strapi, id: number, path: string): Promise<unknown> => {
  const copy = join(tmpdir(), `comptoir-${process.pid}-${basename(path)}`);
  copyFileSync(path, copy);
  const file = {
    filepath: copy,
    originalFilename: basename(path),
    mimetype: 'image/png',
    size: statSync(copy).size,
  };
  return strapi
    .plugin('upload')
    .service('upload')
    ['replace'](id, { data: { fileInfo: {} }, file });
};

/** Opens the checkout without a payment plugin. */
const fakePayments = async (strapi: Core.Strapi): Promise<void> => {
  const module: { fakePayments(): unknown } = await import(
    pathToFileURL(join(ROOT, 'plugins/commerce/fixture/fake-payments.ts')).href
  );
  const orders: { providePayments(payments: unknown): void } = strapi
    .plugin('commerce')
    .service('orders');
  orders.providePayments(module.fakePayments());
};

const document = async (
  strapi: Core.Strapi,
  { uid, method, params, fail }: Extract<Command, { op: 'document' }>,
): Promise<unknown> => {
  const documents: Record<string, Call> = {
    ...strapi.documents(uid as 'plugin::upload.file'),
  } as never;
  const call = callOf(documents, method);
  if (!fail) return call(params);
  return strapi.db.transaction(async () => {
    await call(params);
    throw new Error('failed on purpose after the change');
  });
};

const execute = (strapi: Core.Strapi, command: Command): Promise<unknown> => {
  if (command.op === 'document') return document(strapi, command);
  if (command.op === 'fake-payments') return fakePayments(strapi);
  if (command.op === 'replace-picture') return replacePicture(strapi, command.file, command.path);
  if (command.op === 'service')
    return callOf(
      strapi.plugin(command.plugin).service(command.service),
      command.method,
    )(...command.args);
  const stock: { adjust(trx: unknown, change: Record<string, unknown>): Promise<unknown> } = strapi
    .plugin('catalogue')
    .service('catalogue')
    .stockPort();
  return strapi.db.transaction(({ trx }) =>
    stock.adjust(trx, { sku: command.sku, delta: command.delta, reason: 'test', actor: 'test' }),
  );
};

const failureOf = (error: unknown): { name: string; message: string; details: unknown } =>
  error instanceof Error
    ? {
        name: error.name,
        message: error.message,
        details: 'details' in error ? error.details : undefined,
      }
    : { name: 'Error', message: String(error), details: undefined };

const answer = (value: Record<string, unknown>): boolean =>
  process.stdout.write(`\u0001${JSON.stringify(value)}\n`);

const serve = async (): Promise<void> => {
  const appDir = join(ROOT, 'cms');
  process.chdir(appDir);
  const { createStrapi }: typeof import('@strapi/strapi') = createRequire(import.meta.url)(
    '@strapi/strapi',
  );
  const strapi = await createStrapi({ appDir, distDir: join(appDir, 'dist') }).load();
  answer({ id: 0, ok: true });
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const command = commandSchema.parse(JSON.parse(line));
    execute(strapi, command).then(
      (result) => answer({ id: command.id, ok: true, result }),
      (error: unknown) => answer({ id: command.id, ok: false, error: failureOf(error) }),
    );
  });
  lines.on('close', () => void strapi.destroy().finally(() => process.exit(0)));
};

void serve();
