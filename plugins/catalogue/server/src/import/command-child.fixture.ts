/**
 * For tests: one loaded Strapi that runs many commands of `cms/commands`, each asked for and
 * answered over IPC.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { z } from 'zod';

const askSchema = z.object({ name: z.string(), args: z.array(z.string()) });
const appDir = join(import.meta.dirname, '../../../../../cms');

async function answer(strapi: Core.Strapi, message: unknown): Promise<void> {
  const { name, args } = askSchema.parse(message);
  const { run }: { run: (strapi: Core.Strapi, args: readonly string[]) => Promise<number> } =
    await import(join(appDir, 'commands', `${name}-command.ts`));
  const lines = { out: [] as string[], err: [] as string[] };
  console.log = (line: string) => {
    lines.out.push(line);
  };
  console.error = (line: string) => {
    lines.err.push(line);
  };
  const code = await run(strapi, args).catch((error: unknown) => {
    lines.err.push(String(error));
    return -1;
  });
  process.send?.({ code, out: lines.out.join('\n'), err: lines.err.join('\n') });
}

async function serve(): Promise<void> {
  process.chdir(appDir);
  const { createStrapi }: typeof import('@strapi/strapi') = createRequire(
    join(appDir, 'package.json'),
  )('@strapi/strapi');
  const strapi = await createStrapi({ appDir, distDir: join(appDir, 'dist') }).load();
  process.on('message', (message) => void answer(strapi, message));
  process.on('disconnect', () => void strapi.destroy().then(() => process.exit(0)));
  process.send?.('ready');
}

void serve();
