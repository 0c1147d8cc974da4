import {
  type CatalogueEntry,
  cents,
  entrySchema,
  euros,
  type Locale,
  LOCALES,
  NO_LOCALE,
  type Picture,
  type SettingsBody,
} from '@comptoir/contracts';

import { availabilityBody } from '../domain/availability.ts';
import { methodOf } from '../domain/delivery-method.ts';
import { fillShopFacts } from '../domain/shop-facts.ts';
import type { CsvProduct } from './csv-product.ts';
import { readSeed, type Seed, type SeedCategory, type SeedPage } from './read-seed.ts';

/** At most this many pieces left counts as low until staff set a threshold. */
const LOW_STOCK = 3;

/**
 * The shipped shop as entries of the read model: what the door serves when there has never been a
 * database.
 * @throws Error when the seed is incomplete (a picture without renditions, an unreadable file).
 */
export function seedEntries(seedDir: string): CatalogueEntry[] {
  const seed = readSeed(seedDir);
  return entrySchema.array().parse([
    ...LOCALES.flatMap((locale) => entriesIn(locale, seed)),
    ...seed.products
      .flatMap((product) => product.variants)
      .map(({ sku, stock }) => ({
        kind: 'availability',
        key: sku,
        locale: NO_LOCALE,
        body: availabilityBody({ onHand: stock, reserved: 0, lowThreshold: LOW_STOCK }),
      })),
  ]);
}

function entriesIn(locale: Locale, seed: Seed): unknown[] {
  const settings = settingsBody(seed, locale);
  return [
    ...seed.products.map((product, index) => ({
      kind: 'product',
      key: product.reference,
      locale,
      body: productBody(product, index + 1, seed, locale),
    })),
    ...seed.categories.map((category) => ({
      kind: 'category',
      key: category.key,
      locale,
      body: categoryBody(category, locale),
    })),
    ...seed.pages.map((page) => ({
      kind: 'page',
      key: page.key,
      locale,
      body: pageBody(page, settings, locale),
    })),
    { kind: 'settings', key: 'shop', locale, body: settings },
  ];
}

function picture(file: string, alt: string, seed: Seed): Picture {
  const made = seed.pictures[file];
  if (made === undefined)
    throw new Error(`${file} is not in pictures.json: make the seed's renditions again`);
  return { ...made, alt };
}

function productBody(product: CsvProduct, position: number, seed: Seed, locale: Locale) {
  return {
    reference: product.reference,
    position,
    slug: product.slug[locale],
    slugs: product.slug,
    name: product.name[locale],
    tagline: product.tagline[locale],
    descriptionMarkdown: product.description[locale],
    careMarkdown: product.care[locale],
    dimensions: product.dimensions[locale],
    category: product.category,
    pictures: product.pictures.map(({ file, alt }) => picture(file, alt[locale], seed)),
    seo: { title: null, description: null },
    variants: product.variants.map(({ sku, label, price, vatRate, weight }) => ({
      sku,
      label: label[locale],
      price: euros(price),
      vatRate,
      weight,
    })),
  };
}

function categoryBody(category: SeedCategory, locale: Locale) {
  return {
    key: category.key,
    position: category.position,
    slug: category.slug[locale],
    slugs: category.slug,
    name: category.name[locale],
    description: category.description[locale],
  };
}

function pageBody(page: SeedPage, settings: SettingsBody, locale: Locale) {
  const text = page[locale];
  const fill = (words: string): string => fillShopFacts(words, settings, locale);
  return {
    key: page.key,
    position: page.position,
    slug: text.slug,
    slugs: { fr: page.fr.slug, en: page.en.slug },
    title: text.title,
    bodyMarkdown: fill(text.body),
    seo: { title: fill(text.seoTitle), description: fill(text.seoDescription) },
  };
}

function settingsBody({ settings, ...seed }: Seed, locale: Locale): SettingsBody {
  const {
    name,
    legalName,
    street,
    postalCode,
    city,
    country,
    siret,
    vatNumber,
    email,
    phone,
    open,
    home,
  } = settings;
  return {
    name,
    legalName,
    address: { street, postalCode, city, country },
    siret,
    vatNumber,
    email,
    phone,
    open,
    shipping: settings.shipping.map(({ nameFr, nameEn, ...rate }) => ({
      ...rate,
      method: methodOf(nameFr),
      name: { fr: nameFr, en: nameEn }[locale],
      price: euros(cents(rate.price)),
      freeFrom: rate.freeFrom === null ? null : euros(cents(rate.freeFrom)),
    })),
    deliveryTime: settings.deliveryTime[locale],
    notice: settings.notice[locale],
    home: {
      title: home.title[locale],
      text: home.text[locale],
      picture: picture(home.picture, home.pictureAlt[locale], { settings, ...seed }),
      storyTitle: home.storyTitle[locale],
      storyText: home.storyText[locale],
    },
  };
}
