import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import type { Locale } from '@comptoir/contracts';

import { liveSeed, readSeed, type Seed, type SeedPage } from '../../../csv/read-seed.ts';
import { categoryDocument, pageDocument } from '../../../csv/seed-documents.ts';
import { CATEGORY, PAGE, SETTINGS } from '../read-model/stored-documents.ts';
import { inTransaction } from '../transaction.ts';
import { importCatalogue, type ImportOutcome } from './import-catalogue.ts';
import { findPictures, uploadPicture } from './import-pictures.ts';
import { categoryIds, isSeeded, markSeeded } from './write-plan.ts';

type SeedOutcome = { done: 'already' } | { done: 'now'; outcome: ImportOutcome };

/**
 * What a shop starts with: the shipped shop, or the texts every shop needs without those of Atelier
 * Huit.
 */
type SeedKind = 'demo' | 'live';

/**
 * Gives a shop that never had any its starting content, in one transaction. What is there already
 * is left as it is.
 */
export async function seedShop(
  strapi: Core.Strapi,
  seedDir: string,
  kind: SeedKind,
): Promise<SeedOutcome> {
  if (await inTransaction(strapi, isSeeded)) return { done: 'already' };
  const seed = kind === 'demo' ? readSeed(seedDir) : liveSeed(readSeed(seedDir));
  const pictureDir = join(seedDir, 'images');
  const { homePicture } = seed.settings;
  const hero = homePicture === '' ? null : await heroId(strapi, pictureDir, homePicture);
  const outcome = await importCatalogue(strapi, {
    products: seed.products,
    lines: { references: new Map(), skus: new Map() },
    pictureDirs: [pictureDir],
    stock: false,
    dryRun: false,
    onlyNew: true,
    actor: 'seed',
    before: () => seedTexts(strapi, seed, hero),
    after: markSeeded,
  });
  return { done: 'now', outcome };
}

async function heroId(strapi: Core.Strapi, folder: string, name: string): Promise<number> {
  const source = (await findPictures(strapi, [folder], [name])).get(name);
  if (source?.kind === 'library') return source.id;
  return uploadPicture(strapi, name, join(folder, name));
}

async function seedTexts(strapi: Core.Strapi, seed: Seed, hero: number | null): Promise<void> {
  const known = await categoryIds(strapi);
  for (const category of seed.categories)
    if (!known.has(category.key))
      await strapi.documents(CATEGORY).create({ data: categoryDocument(category) });
  if ((await strapi.documents(SETTINGS).findFirst()) === null)
    await strapi.documents(SETTINGS).create({ data: { ...seed.settings, homePicture: hero } });
  for (const page of seed.pages) await seedPage(strapi, page);
}

async function seedPage(strapi: Core.Strapi, page: SeedPage): Promise<void> {
  if ((await strapi.db.query(PAGE).count({ where: { key: page.key } })) > 0) return;
  const data = (locale: Locale): Record<string, unknown> => ({ ...pageDocument(page, locale) });
  const { documentId } = await strapi.documents(PAGE).create({ locale: 'fr', data: data('fr') });
  await strapi.documents(PAGE).update({ documentId, locale: 'en', data: data('en') });
  await strapi.documents(PAGE).publish({ documentId, locale: '*' });
}
