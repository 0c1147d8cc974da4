import type { Core } from '@strapi/strapi';

interface Report {
  entries: number;
  drift: { id: { kind: string; key: string; locale: string }; was: string }[];
  problems: string[];
}
interface Catalogue {
  rebuild(write: boolean): Promise<Report>;
  updateMainPictures(): Promise<{ done: number }>;
  newEpoch(): Promise<string>;
}

/**
 * `rebuild [--check] [--new-epoch]`: derives the read model again; `--check` only reports (exit 1
 * on drift); after a restore, `--new-epoch`.
 */
export async function run(strapi: Core.Strapi, args: readonly string[]): Promise<number> {
  const catalogue: Catalogue = strapi.plugin('catalogue').service('catalogue');
  const check = args.includes('--check');
  const { entries, drift, problems } = await catalogue.rebuild(!check);
  for (const { id, was } of drift) console.log(`${was}: ${id.kind} ${id.key} ${id.locale}`);
  for (const problem of problems) console.error(`Not shown to shoppers: ${problem}`);
  console.log(`${entries} entries, ${drift.length} ${check ? 'differ' : 'corrected'}.`);
  if (check) return drift.length === 0 ? 0 : 1;
  if (args.includes('--new-epoch'))
    console.log(
      `New epoch: version ${await catalogue.newEpoch()}; every door and storefront reloads everything.`,
    );
  await catalogue.updateMainPictures();
  return 0;
}
