import {
  type CatalogueEntry,
  entrySchema,
  type Locale,
  LOCALES,
  settingsBodySchema,
} from '@comptoir/contracts';

import { methodOf } from './delivery-method.ts';
import type {
  CategoryDocument,
  InLanguages,
  PageDocument,
  PictureFacts,
  ProductDocument,
  SettingsDocument,
} from './document-schemas.ts';
import { fillShopFacts } from './shop-facts.ts';

/**
 * Entries made from documents, or what makes them unfit for shoppers (`product ah-001 fr: pictures:
 * …`).
 */
export type Projection =
  { ok: true; entries: CatalogueEntry[] } | { ok: false; problems: string[] };

const money = (amount: number | null) => (amount === null ? null : { amount, currency: 'EUR' });
const byLanguage = (locale: Locale, fr: string, en: string): string => (locale === 'fr' ? fr : en);
const seoOf = (seo: ProductDocument['seo']) => ({
  title: seo?.title ?? null,
  description: seo?.description ?? null,
});
const pictureOf = (facts: PictureFacts, alt: string) => facts && { ...facts, alt };

/** Every body is checked against the contract: an incomplete one never reaches a shopper. */
function checked(
  candidates: readonly { kind: string; key: string; locale: string; body: unknown }[],
): Projection {
  const parsed = candidates.map((candidate) => ({
    candidate,
    result: entrySchema.safeParse(candidate),
  }));
  const problems = parsed.flatMap(({ candidate: { kind, key, locale }, result }) =>
    result.success
      ? []
      : result.error.issues.map(
          ({ path, message }) => `${kind} ${key} ${locale}: ${path.join('.')}: ${message}`,
        ),
  );
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    entries: parsed.flatMap(({ result }) => (result.success ? [result.data] : [])),
  };
}

function productBody(
  document: ProductDocument,
  shared: ProductDocument,
  slugs: { fr: string; en: string },
  locale: Locale,
): unknown {
  const { name, slug, tagline, description, care, dimensions, seo } = document;
  return {
    reference: shared.reference,
    position: shared.position ?? 0,
    slug,
    slugs,
    name,
    tagline,
    descriptionMarkdown: description,
    careMarkdown: care,
    dimensions,
    category: shared.category?.key ?? null,
    pictures: shared.pictures.flatMap(
      ({ facts, altFr, altEn }) => pictureOf(facts, byLanguage(locale, altFr, altEn)) ?? [],
    ),
    seo: seoOf(seo),
    variants: shared.variants.map(({ sku, labelFr, labelEn, price, vatRate, weight }) => ({
      sku,
      label: byLanguage(locale, labelFr, labelEn),
      price: money(price),
      vatRate,
      weight: weight ?? 0,
    })),
  };
}

/**
 * A published product's entries. Shared fields are read from the French version, so that both
 * languages always agree.
 */
export function projectProduct({ fr, en }: InLanguages<ProductDocument>): Projection {
  if (!fr || !en)
    return {
      ok: false,
      problems: [
        `product ${(fr ?? en)?.reference ?? ''}: the ${fr ? 'English' : 'French'} version is missing`,
      ],
    };
  const slugs = { fr: fr.slug, en: en.slug };
  return checked(
    LOCALES.map((locale) => ({
      kind: 'product',
      key: fr.reference,
      locale,
      body: productBody(locale === 'fr' ? fr : en, fr, slugs, locale),
    })),
  );
}

/**
 * Fills the shop's address and the like into a page's texts; before there are settings, texts stay
 * as they are.
 */
function filler(shop: SettingsDocument | null, locale: Locale): (text: string) => string {
  const settings = settingsBodySchema.safeParse(shop && settingsBody(shop, locale));
  return settings.success ? (text) => fillShopFacts(text, settings.data, locale) : (text) => text;
}

/** A published page's entries. @param shop the settings that fill in the shop's facts */
export function projectPage(
  { fr, en }: InLanguages<PageDocument>,
  shop: SettingsDocument | null,
): Projection {
  if (!fr || !en)
    return {
      ok: false,
      problems: [
        `page ${(fr ?? en)?.key ?? ''}: the ${fr ? 'English' : 'French'} version is missing`,
      ],
    };
  const slugs = { fr: fr.slug, en: en.slug };
  return checked(
    LOCALES.map((locale) => {
      const { slug, title, body, seo } = locale === 'fr' ? fr : en;
      const fill = filler(shop, locale);
      const filled = {
        title: seo?.title && fill(seo.title),
        description: seo?.description && fill(seo.description),
      };
      return {
        kind: 'page',
        key: fr.key,
        locale,
        body: {
          key: fr.key,
          position: fr.position ?? 0,
          slug,
          slugs,
          title,
          bodyMarkdown: fill(body),
          seo: seoOf(filled),
        },
      };
    }),
  );
}

/** A category's entries. */
export function projectCategory({
  key,
  position,
  nameFr,
  nameEn,
  slugFr,
  slugEn,
  descriptionFr,
  descriptionEn,
}: CategoryDocument): Projection {
  const slugs = { fr: slugFr, en: slugEn };
  return checked(
    LOCALES.map((locale) => ({
      kind: 'category',
      key,
      locale,
      body: {
        key,
        position: position ?? 0,
        slug: slugs[locale],
        slugs,
        name: byLanguage(locale, nameFr, nameEn),
        description: byLanguage(locale, descriptionFr, descriptionEn),
      },
    })),
  );
}

function settingsBody(shop: SettingsDocument, locale: Locale): unknown {
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
  } = shop;
  const pick = (fr: string, en: string): string => byLanguage(locale, fr, en);
  return {
    name,
    legalName,
    address: { street, postalCode, city, country },
    siret,
    vatNumber,
    email,
    phone,
    open,
    shipping: shop.shipping.map(({ price, freeFrom, nameFr, nameEn, ...rate }) => ({
      ...rate,
      method: methodOf(nameFr),
      name: pick(nameFr, nameEn),
      price: money(price),
      freeFrom: money(freeFrom),
    })),
    deliveryTime: pick(shop.deliveryTimeFr, shop.deliveryTimeEn),
    notice: pick(shop.noticeFr, shop.noticeEn),
    home: {
      title: pick(shop.homeTitleFr, shop.homeTitleEn),
      text: pick(shop.homeTextFr, shop.homeTextEn),
      picture: pictureOf(shop.homeFacts, pick(shop.homePictureAltFr, shop.homePictureAltEn)),
      storyTitle: pick(shop.storyTitleFr, shop.storyTitleEn),
      storyText: pick(shop.storyTextFr, shop.storyTextEn),
    },
  };
}

/** The shop settings' entries. */
export const projectSettings = (shop: SettingsDocument): Projection =>
  checked(
    LOCALES.map((locale) => ({
      kind: 'settings',
      key: 'shop',
      locale,
      body: settingsBody(shop, locale),
    })),
  );
