import { stringify } from 'csv-stringify/sync';

import { formatPrice, formatVatRate } from './amounts.ts';
import { DIMENSIONS_EN, pictureColumns, REQUIRED_COLUMNS } from './csv-columns.ts';
import { type CsvProduct, type CsvVariant, englishDimensions } from './csv-product.ts';

/** What a row can be written from; a stock that is not known stays blank. */
export type WritableProduct = Omit<CsvProduct, 'variants'> & {
  variants: (Omit<CsvVariant, 'stock'> & { stock: number | null })[];
};

/** Products a piece: a big catalogue is written without holding up its process. */
const PIECE = 50;

/**
 * Writes products as a catalogue file: UTF-8 without BOM, `;`, decimal comma, LF, quotes only where
 * a cell needs them, one row per variant. Columns for a third picture and for English dimensions
 * appear only when a product needs them, so a plain file stays plain.
 */
export function writeCatalogueCsv(products: readonly WritableProduct[]): string {
  return [...catalogueCsvPieces(products)].join('');
}

/** The same text in pieces of a few milliseconds each. */
export function* catalogueCsvPieces(
  products: readonly WritableProduct[],
): Generator<string, void, undefined> {
  const columns = columnsFor(products);
  yield textOf([columns]);
  for (let at = 0; at < products.length; at += PIECE) {
    yield textOf(
      products.slice(at, at + PIECE).flatMap((product) =>
        product.variants.map((variant) => {
          const cells = { ...productCells(product), ...variantCells(variant) };
          return columns.map((column) => cells[column] ?? '');
        }),
      ),
    );
  }
}

/** A lone carriage return would be read back as a line break, so it counts as a reason to quote. */
const textOf = (rows: string[][]): string =>
  stringify(rows, { delimiter: ';', record_delimiter: '\n', quoted_match: /\r/ });

function columnsFor(products: readonly WritableProduct[]): string[] {
  const pictures = Math.max(2, ...products.map((product) => product.pictures.length));
  const extra = Array.from({ length: pictures - 1 }, (_, index) =>
    Object.values(pictureColumns(index + 2)),
  ).flat();
  const columns: string[] = [...REQUIRED_COLUMNS];
  if (products.some(hasOwnEnglishDimensions))
    columns.splice(columns.indexOf('dimensions') + 1, 0, DIMENSIONS_EN);
  return [...columns, ...extra];
}

function hasOwnEnglishDimensions({ dimensions }: WritableProduct): boolean {
  return dimensions.en !== englishDimensions(dimensions.fr);
}

function productCells(product: WritableProduct): Record<string, string> {
  const pictures = product.pictures.flatMap((picture, index) => {
    const { image, altFr, altEn } = pictureColumns(index + 1);
    return [
      [image, picture.file],
      [altFr, picture.alt.fr],
      [altEn, picture.alt.en],
    ];
  });
  return {
    reference: product.reference,
    categorie: product.category ?? '',
    nom_fr: product.name.fr,
    nom_en: product.name.en,
    slug_fr: product.slug.fr,
    slug_en: product.slug.en,
    dimensions: product.dimensions.fr,
    dimensions_en: hasOwnEnglishDimensions(product) ? product.dimensions.en : '',
    accroche_fr: product.tagline.fr,
    accroche_en: product.tagline.en,
    description_fr: product.description.fr,
    description_en: product.description.en,
    entretien_fr: product.care.fr,
    entretien_en: product.care.en,
    ...(Object.fromEntries(pictures) as Record<string, string>),
  };
}

function variantCells(variant: WritableProduct['variants'][number]): Record<string, string> {
  return {
    sku: variant.sku,
    variante_fr: variant.label.fr,
    variante_en: variant.label.en,
    prix_ttc: formatPrice(variant.price),
    tva: formatVatRate(variant.vatRate),
    stock: variant.stock === null ? '' : String(variant.stock),
    poids_g: String(variant.weight),
  };
}
