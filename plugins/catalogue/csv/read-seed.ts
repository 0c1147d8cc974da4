import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { localeSchema, pictureSchema, slugSchema } from '@comptoir/contracts';

import { settingsDocumentSchema } from '../domain/document-schemas.ts';
import { type CsvProduct, describeError } from './csv-product.ts';
import { decodeCatalogueFile } from './decode.ts';
import { readCatalogueCsv } from './read-csv.ts';

const inBoth = z.object({ fr: z.string(), en: z.string() });
const rateSchema = z.object({
  country: z.string().length(2),
  nameFr: z.string().default(''),
  nameEn: z.string().default(''),
  price: z.int().min(0),
  freeFrom: z.int().min(0).nullable(),
  maxWeight: z.int().min(1).nullable(),
  minDays: z.int().min(0),
  maxDays: z.int().min(0),
});

/**
 * The fields of the settings' document, so that a new one needs no line here; its picture is a
 * file's name.
 */
const seedSettingsSchema = settingsDocumentSchema
  .omit({ homeFacts: true })
  .extend({ shipping: z.array(rateSchema).default([]), homePicture: z.string().default('') })
  .strict();
type SeedSettings = z.infer<typeof seedSettingsSchema>;

const seedCategorySchema = z.object({
  key: slugSchema,
  position: z.int(),
  name: inBoth,
  slug: z.object({ fr: slugSchema, en: slugSchema }),
  description: inBoth,
});
export type SeedCategory = z.infer<typeof seedCategorySchema>;

const frontMatterSchema = z.object({
  slug: slugSchema,
  title: z.string().min(1),
  position: z.coerce.number().int(),
  seoTitle: z.string(),
  seoDescription: z.string(),
});
type SeedPageText = z.infer<typeof frontMatterSchema> & { body: string };
export interface SeedPage {
  key: string;
  position: number;
  fr: SeedPageText;
  en: SeedPageText;
}

const seedPicturesSchema = z.record(z.string(), pictureSchema.omit({ alt: true }));
/** Ready-made renditions of the shipped pictures, by file name. */
type SeedPictures = z.infer<typeof seedPicturesSchema>;

export interface Seed {
  products: CsvProduct[];
  categories: SeedCategory[];
  pages: SeedPage[];
  settings: SeedSettings;
  pictures: SeedPictures;
}

/**
 * Reads the starting content of a new shop.
 * @throws Error naming the file when one is missing or malformed: the product is broken then.
 */
export function readSeed(seedDir: string): Seed {
  return {
    products: readProducts(join(seedDir, 'produits.csv')),
    categories: z.array(seedCategorySchema).parse(readJson(join(seedDir, 'categories.json'))),
    pages: readPages(join(seedDir, 'pages')),
    settings: seedSettingsSchema.parse(readJson(join(seedDir, 'settings.json'))),
    pictures: seedPicturesSchema.parse(readJson(join(seedDir, 'pictures.json'))),
  };
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf-8'));
}

function readProducts(file: string): CsvProduct[] {
  const decoded = decodeCatalogueFile(readFileSync(file));
  const read = decoded.ok ? readCatalogueCsv(decoded.text) : decoded;
  if (!read.ok) throw new Error(`${file}: ${read.errors.map(describeError).join('; ')}`);
  return read.products;
}

function readPages(dir: string): SeedPage[] {
  const texts = readdirSync(dir)
    .filter((name) => name.endsWith('.md'))
    .map((name) => {
      const [key = '', locale = ''] = name.split('.');
      return { key, locale: localeSchema.parse(locale), text: readPage(join(dir, name)) };
    });
  return [...Map.groupBy(texts, (text) => text.key)]
    .map(([key, both]): SeedPage => {
      const fr = both.find((text) => text.locale === 'fr')?.text;
      const en = both.find((text) => text.locale === 'en')?.text;
      if (fr === undefined || en === undefined)
        throw new Error(`${dir}: page ${key} is missing in one language`);
      return { key, position: fr.position, fr, en };
    })
    .sort((one, other) => one.position - other.position);
}

function readPage(file: string): SeedPageText {
  const [, head, body] =
    /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(file, 'utf-8')) ?? [];
  if (head === undefined || body === undefined)
    throw new Error(`${file}: expected front matter between two lines of ---`);
  const fields = head
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  return { ...frontMatterSchema.parse(Object.fromEntries(fields)), body: body.trim() };
}

/** Pages about Atelier Huit, which another shop does not start with. */
const OF_ATELIER_HUIT: readonly string[] = ['about'];

/**
 * What a real shop starts with: the pages every shop needs, filled in from its settings; no
 * products, settings to fill in, closed. Pure.
 */
export function liveSeed(seed: Seed): Seed {
  return {
    products: [],
    categories: [],
    pictures: {},
    pages: seed.pages.filter(({ key }) => !OF_ATELIER_HUIT.includes(key)),
    settings: seedSettingsSchema.parse({ name: 'Ma boutique', open: false }),
  };
}
