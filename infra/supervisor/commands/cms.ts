import { join, resolve } from 'node:path';
import { ROOT } from '@comptoir/env';

import { buildStale } from '../builds/build.ts';
import { runNode } from '../run-program.ts';
import { commandDatabase } from '../shop/command-database.ts';
import { INTERRUPTED, stopInOrder } from '../shop/stop.ts';
import { childEnv, readSettings } from '../supervisor-settings.ts';

/** A command that lacks its file says so at once: no build, no database. */
const lacksFile = (name: string, args: readonly string[]): boolean =>
  (name === 'import' || name === 'export') && args.every((arg) => arg.startsWith('--'));

/** File names are given relative to where the person is, not to where Strapi runs. */
const absolute = (arg: string): string =>
  arg.startsWith('-') ? arg : resolve(process.env['INIT_CWD'] ?? process.cwd(), arg);

/**
 * `npm run seed|import|export|migrate|sweep|admin:password`: one `cms/run.ts` command, with the
 * shop running or not.
 * @returns its exit code
 */
export async function cms(name: string, args: readonly string[]): Promise<number> {
  const stopper = stopInOrder(INTERRUPTED);
  try {
    const settings = readSettings();
    if (lacksFile(name, args))
      return (await runNode([join(ROOT, 'cms/run.ts'), name, ...args], { env: settings.raw })).code;
    // Commands load the server side only; the admin's pages may be stale. A question about the
    // schema loads nothing.
    if (!args.includes('--status')) await buildStale((target) => target.name !== 'storefront');
    const url = await commandDatabase(settings, stopper);
    const files = name === 'import' || name === 'export' ? args.map(absolute) : args;
    return (
      await runNode([join(ROOT, 'cms/run.ts'), name, ...files], { env: childEnv(settings, url) })
    ).code;
  } finally {
    await stopper.all();
  }
}
