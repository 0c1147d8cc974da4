import { resolve } from 'node:path';
import type { Core } from '@strapi/strapi';

interface Importer { importFile(path: string, options: { dryRun: boolean; stock: boolean }): Promise<{ text: string; code: number }> }

const USAGE = 'Usage: npm run import -- FILE.csv [--dry-run] [--stock]\n  --dry-run  print what would change, write nothing\n  --stock    stock of SKUs the shop knows follows the file, too';

/** `import FILE [--dry-run] [--stock]`: brings the shop in line with a catalogue file, all of it or nothing. */
export async function run(strapi: Core.Strapi, args: readonly string[]): Promise<number> {
  const files = args.filter((arg) => !arg.startsWith('--'));
  const unknown = args.find((arg) => arg.startsWith('--') && !['--dry-run', '--stock'].includes(arg));
  const [file] = files;
  if (file === undefined || files.length > 1 || unknown !== undefined) {
    console.error(unknown === undefined ? USAGE : `Unknown option ${unknown}.\n${USAGE}`);
    return 1;
  }
  const importer: Importer = strapi.plugin('catalogue').service('import');
  // The command runs in the application's folder; a path is meant from where it was typed.
  const path = resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
  const { text, code } = await importer.importFile(path, { dryRun: args.includes('--dry-run'), stock: args.includes('--stock') });
  (code === 0 ? console.log : console.error)(text);
  return code;
}
