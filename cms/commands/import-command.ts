import { resolve } from 'node:path';
import type { Core } from '@strapi/strapi';

interface Importer {
  importFile(
    path: string,
    options: { dryRun: boolean; stock: boolean },
  ): Promise<{ text: string; code: number }>;
}

const USAGE =
  'Usage: npm run import -- FILE.csv [--dry-run] [--stock]\n  --dry-run  print what would change, write nothing\n  --stock    stock of SKUs the shop knows follows the file, too';

const fileOf = (args: readonly string[]): string[] => args.filter((arg) => !arg.startsWith('--'));
export function refuse(args: readonly string[]): string | null {
  const unknown = args.find(
    (arg) => arg.startsWith('--') && !['--dry-run', '--stock'].includes(arg),
  );
  if (unknown !== undefined) return `Unknown option ${unknown}.\n${USAGE}`;
  return fileOf(args).length === 1 ? null : USAGE;
}

/**
 * `import FILE [--dry-run] [--stock]`: brings the shop in line with a catalogue file, all of it or
 * nothing.
 */
export async function run(strapi: Core.Strapi, args: readonly string[]): Promise<number> {
  const [file = ''] = fileOf(args);
  const importer: Importer = strapi.plugin('catalogue').service('import');
  // The command runs in the application's folder; a path is meant from where it was typed.
  const path = resolve(process.env['INIT_CWD'] ?? process.cwd(), file);
  const { text, code } = await importer.importFile(path, {
    dryRun: args.includes('--dry-run'),
    stock: args.includes('--stock'),
  });
  (code === 0 ? console.log : console.error)(text);
  return code;
}
