/**
 * Columns every file has, in the order the exporter writes them. The first pair of pictures is part
 * of them.
 */
export const REQUIRED_COLUMNS = [
  'reference',
  'sku',
  'nom_fr',
  'nom_en',
  'slug_fr',
  'slug_en',
  'categorie',
  'variante_fr',
  'variante_en',
  'prix_ttc',
  'tva',
  'stock',
  'poids_g',
  'dimensions',
  'accroche_fr',
  'accroche_en',
  'description_fr',
  'description_en',
  'entretien_fr',
  'entretien_en',
  'image',
  'alt_fr',
  'alt_en',
] as const;

/** English dimensions; left out while they follow from the French ones. */
export const DIMENSIONS_EN = 'dimensions_en';

/**
 * Columns that may differ between the rows of one reference: they describe the variant, all others
 * the product.
 */
export const VARIANT_COLUMNS: readonly string[] = [
  'sku',
  'variante_fr',
  'variante_en',
  'prix_ttc',
  'tva',
  'stock',
  'poids_g',
];

/** A product has at most this many pictures in a file. */
export const MAX_PICTURES = 12;

interface PictureColumns {
  image: string;
  altFr: string;
  altEn: string;
}

/** Names of the columns of the nth picture, counted from 1. */
export function pictureColumns(nth: number): PictureColumns {
  if (nth === 1) return { image: 'image', altFr: 'alt_fr', altEn: 'alt_en' };
  return { image: `image_${nth}`, altFr: `alt_${nth}_fr`, altEn: `alt_${nth}_en` };
}

const EXTRA_PICTURES = Array.from({ length: MAX_PICTURES - 1 }, (_, index) =>
  pictureColumns(index + 2),
);

/** Every column name a file may have. */
export const KNOWN_COLUMNS: ReadonlySet<string> = new Set([
  ...REQUIRED_COLUMNS,
  DIMENSIONS_EN,
  ...EXTRA_PICTURES.flatMap(({ image, altFr, altEn }) => [image, altFr, altEn]),
]);
