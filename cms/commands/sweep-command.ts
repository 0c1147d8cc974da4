import type { Core } from '@strapi/strapi';

type Sweep =
  { ok: true; orphans: string[]; bytes: number; kept: number } | { ok: false; stored: number };
interface Catalogue {
  sweepPictures(dryRun: boolean): Promise<Sweep>;
}

const USAGE =
  'Usage: npm run sweep [-- --dry-run]\n  --dry-run  print what would be removed, remove nothing';
const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

export function refuse(args: readonly string[]): string | null {
  const unknown = args.find((arg) => arg !== '--dry-run');
  return unknown === undefined ? null : `Unknown option ${unknown}.\n${USAGE}`;
}

/**
 * `sweep [--dry-run]`: removes renditions that no file of the media library and nothing published
 * refers to; those younger than a day stay.
 */
export async function run(strapi: Core.Strapi, args: readonly string[]): Promise<number> {
  const dryRun = args.includes('--dry-run');
  const catalogue: Catalogue = strapi.plugin('catalogue').service('catalogue');
  const sweep = await catalogue.sweepPictures(dryRun);
  if (!sweep.ok) {
    console.error(
      `Nothing was removed: this database refers to no picture, yet ${sweep.stored} renditions are stored. Check DATABASE_URL, DATA_DIR and S3_BUCKET.`,
    );
    return 1;
  }
  for (const key of sweep.orphans) console.log(`${dryRun ? 'would remove' : 'removed'} ${key}`);
  console.log(
    `${dryRun ? 'Dry run, nothing was removed: ' : ''}${sweep.orphans.length} renditions ${dryRun ? 'would be ' : ''}removed (${sizeOf(sweep.bytes)}), ${sweep.kept} kept.`,
  );
  return 0;
}
