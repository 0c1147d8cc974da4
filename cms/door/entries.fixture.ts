import { type CatalogueEntry, cents, entrySchema, euros, type Locale } from '@comptoir/contracts';

/** A complete product entry for tests. */
export function product(
  reference: string,
  locale: Locale,
  changes: {
    name?: string;
    price?: number;
    position?: number;
    category?: string | null;
    slug?: string;
  } = {},
): CatalogueEntry {
  const slug = changes.slug ?? `piece-${reference}`;
  return entrySchema.parse({
    kind: 'product',
    key: reference,
    locale,
    body: {
      reference,
      position: changes.position ?? 1,
      slug,
      slugs: { fr: slug, en: `${slug}-en` },
      name: changes.name ?? `Théière ${reference}`,
      tagline: 'Grès chamotté',
      descriptionMarkdown: 'Une **belle** pièce.',
      careMarkdown: '',
      dimensions: '12 cm',
      category: changes.category ?? null,
      pictures: [
        {
          hash: '0123456789abcdef0123456789abcdef',
          width: 1600,
          height: 1200,
          widths: [320, 640],
          alt: 'Une théière',
        },
      ],
      seo: { title: null, description: null },
      variants: [
        {
          sku: `${reference}-a`,
          label: '',
          price: euros(cents(changes.price ?? 2800)),
          vatRate: 2000,
          weight: 400,
        },
      ],
    },
  });
}

export const category = (key: string, locale: Locale, name: string): CatalogueEntry => ({
  kind: 'category',
  key,
  locale,
  body: {
    key,
    position: 1,
    slug: `${key}-slug`,
    slugs: { fr: `${key}-slug`, en: `${key}-en` },
    name,
    description: '',
  },
});

export const availability = (sku: string, state: 'in' | 'low' | 'out'): CatalogueEntry => ({
  kind: 'availability',
  key: sku,
  locale: '*',
  body: { state },
});

/** A little catalogue: three products in both languages. */
export const littleCatalogue = (): CatalogueEntry[] => [
  ...(['fr', 'en'] as const).flatMap((locale) => [
    category('tea', locale, locale === 'fr' ? 'Thé' : 'Tea'),
    product('ah-001', locale, { position: 1, price: 2800, category: 'tea' }),
    product('ah-002', locale, { position: 2, price: 900, name: 'Bol' }),
    product('ah-003', locale, { position: 3, price: 4500, name: 'Assiette' }),
  ]),
  availability('ah-001-a', 'in'),
  availability('ah-002-a', 'low'),
];
