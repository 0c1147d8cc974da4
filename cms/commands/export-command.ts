import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Core } from '@strapi/strapi';

interface Exporter {
  exportText(): Promise<{ text: string; products: number }>;
}

const USAGE = 'Usage: npm run export -- FILE.csv   (or - to print it)';
export const refuse = (args: readonly string[]): string | null =>
  args.length === 1 ? null : USAGE;

/** `export FILE|-`: the published catalogue as a file that `import` reads; `-` prints it. */
export async function run(strapi: Core.Strapi, [file = '-']: readonly string[]): Promise<number> {
  const exporter: Exporter = strapi.plugin('catalogue').service('import');
  const { text, products } = await exporter.exportText();
  if (file === '-') {
    await toStdout(text);
    return 0;
  }
  const path = resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
  const partial = `${path}.${process.pid}.partial`;
  try {
    await writeFile(partial, text);
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    console.error(
      `Cannot write ${path}: ${error instanceof Error ? error.message : String(error)}. Choose a folder you may write to.`,
    );
    return 1;
  }
  console.log(`${products} products written to ${path}`);
  return 0;
}

/**
 * The stream's own write: run-command.ts has put another in its place, which keeps Strapi's log out
 * of the file.
 */
function toStdout(text: string): Promise<unknown> {
  const { write }: { write: typeof process.stdout.write } = Object.getPrototypeOf(process.stdout);
  return new Promise((written) => write.call(process.stdout, text, 'utf-8', written));
}
