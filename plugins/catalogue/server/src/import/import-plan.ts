import { isDeepStrictEqual } from 'node:util';

import { formatPrice, formatVatRate } from '../../../csv/amounts.ts';
import type { CsvError, CsvProduct } from '../../../csv/csv-product.ts';
import type { PictureSource } from './import-pictures.ts';
import type { StoredProduct, StoredVersion } from './stored-products.ts';

/** What an import does to one product. `changes` are lines for people. */
export interface ProductStep {
  product: CsvProduct;
  documentId: string | null;
  position: number;
  changes: string[];
}
export interface StockStep {
  sku: string;
  delta: number;
  from: number | null;
}
export interface Plan {
  products: ProductStep[];
  stock: StockStep[];
  unchanged: number;
}

export interface PlanInput {
  products: readonly CsvProduct[];
  stored: readonly StoredProduct[];
  pictures: ReadonlyMap<string, PictureSource>;
  /** Pieces on hand by SKU; absent = the shop does not know the SKU. */
  onHand: ReadonlyMap<string, number>;
  /** Stock of known SKUs follows the file. */
  stock: boolean;
  /** Products the shop already has are left alone (seed). */
  onlyNew: boolean;
}

/**
 * Compares a file with the shop. Pure: the same input gives the same plan, and a plan carried out
 * leaves nothing to do.
 */
export function planImport({
  products,
  stored,
  pictures,
  onHand,
  stock,
  onlyNew,
}: PlanInput): Plan {
  const known = new Map(stored.map((each) => [each.reference, each]));
  let last = Math.max(
    0,
    ...stored.map((each) => each.draft?.position ?? each.published?.position ?? 0),
  );
  const considered = products.filter((product) => !onlyNew || !known.has(product.reference));
  const steps = considered.map((product): ProductStep => {
    const current = known.get(product.reference);
    if (current === undefined)
      return { product, documentId: null, position: (last += 1), changes: ['new'] };
    const position = current.draft?.position ?? current.published?.position ?? (last += 1);
    return {
      product,
      documentId: current.documentId,
      position,
      changes: changesOf(product, current, pictures),
    };
  });
  const due = steps.filter((step) => step.changes.length > 0);
  return {
    products: due,
    unchanged: products.length - due.length,
    stock: considered
      .flatMap((product) => product.variants)
      .flatMap(({ sku, stock: wanted }) => stockStep(sku, wanted, onHand.get(sku), stock)),
  };
}

function stockStep(
  sku: string,
  wanted: number,
  current: number | undefined,
  follow: boolean,
): StockStep[] {
  if (current !== undefined && !follow) return [];
  const delta = wanted - (current ?? 0);
  return delta === 0 ? [] : [{ sku, delta, from: current ?? null }];
}

function changesOf(
  product: CsvProduct,
  current: StoredProduct,
  pictures: ReadonlyMap<string, PictureSource>,
): string[] {
  if (current.draft === null) return ['completed in both languages'];
  const found = differences(product, current.draft, pictures);
  if (found.length > 0) return found;
  return current.published === null || differences(product, current.published, pictures).length > 0
    ? ['published']
    : [];
}

/** Fields of a product in the file's words, with values short enough to print. */
function fields(product: CsvProduct): [string, unknown][] {
  const { name, slug, category, dimensions, tagline, description, care } = product;
  const texts = { nom: name, slug, dimensions, accroche: tagline, description, entretien: care };
  return [
    ...Object.entries(texts).flatMap(([field, both]): [string, unknown][] => [
      [`${field}_fr`, both.fr],
      [`${field}_en`, both.en],
    ]),
    ['categorie', category ?? ''],
    ...product.pictures.map(({ file, alt }, nth): [string, unknown] => [
      `image ${nth + 1}`,
      `${file} (${alt.fr} / ${alt.en})`,
    ]),
    ...product.variants.map(({ sku, label, price, vatRate, weight }, nth): [string, unknown] => [
      `variant ${nth + 1}`,
      `${sku} "${label.fr}" / "${label.en}" ${formatPrice(price)} € incl. ${formatVatRate(vatRate)} % VAT, ${weight} g`,
    ]),
  ];
}

function differences(
  product: CsvProduct,
  version: StoredVersion,
  pictures: ReadonlyMap<string, PictureSource>,
): string[] {
  const before = new Map(fields(version.product));
  const after = new Map(fields(product));
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (field) => before.get(field) !== after.get(field),
  );
  const lines = changed.map(
    (field) => `${field}: ${shown(before.get(field))} → ${shown(after.get(field))}`,
  );
  if (lines.length > 0) return lines;
  const media = product.pictures
    .map(({ file }) => pictures.get(file))
    .map((source) => (source?.kind === 'library' ? source.id : null));
  return isDeepStrictEqual(media, version.media) ? [] : ['pictures: new content'];
}

function shown(value: unknown): string {
  if (value === undefined) return '(none)';
  const text = String(value);
  return text.length > 70 ? `"${text.slice(0, 70)}…"` : `"${text}"`;
}

interface Lines {
  references: ReadonlyMap<string, number>;
  skus: ReadonlyMap<string, number>;
}

/**
 * What a valid file asks for and this shop cannot give: unknown categories, missing pictures, SKUs
 * and addresses of other products.
 */
export function planErrors(
  input: PlanInput,
  lines: Lines,
  categories: readonly string[],
): CsvError[] {
  const inFile = new Set(input.products.map((product) => product.reference));
  const others = input.stored
    .filter((each) => !inFile.has(each.reference))
    .flatMap((each) =>
      [each.draft, each.published]
        .filter((version) => version !== null)
        .map((version) => version.product),
    );
  const skus = new Map(
    others.flatMap((other) =>
      other.variants.map(({ sku }): [string, string] => [sku, other.reference]),
    ),
  );
  return input.products.flatMap((product) => {
    const line = lines.references.get(product.reference) ?? 1;
    return [
      ...categoryError(product, line, categories),
      ...product.pictures
        .map(({ file }, nth) => ({ file, nth }))
        .filter(({ file }) => input.pictures.get(file)?.kind === 'missing')
        .map(({ file, nth }) => ({
          line,
          column: nth === 0 ? 'image' : `image_${nth + 1}`,
          message: `"${file}" is neither in the pictures' folder nor in the media library; put the file there or correct the name`,
        })),
      ...product.variants
        .filter(({ sku }) => skus.has(sku))
        .map(({ sku }) => ({
          line: lines.skus.get(sku) ?? line,
          column: 'sku',
          message: `"${sku}" belongs to product "${skus.get(sku)}", which is not in this file; choose another`,
        })),
      ...(['fr', 'en'] as const).flatMap((locale) =>
        others
          .filter((other) => other.slug[locale] === product.slug[locale])
          .slice(0, 1)
          .map((other) => ({
            line,
            column: `slug_${locale}`,
            message: `"${product.slug[locale]}" is already the address of product "${other.reference}"; choose another`,
          })),
      ),
    ];
  });
}

function categoryError(
  { category }: CsvProduct,
  line: number,
  categories: readonly string[],
): CsvError[] {
  if (category === null || categories.includes(category)) return [];
  return [
    {
      line,
      column: 'categorie',
      message: `"${category}" is not a category of the shop; known: ${categories.join(', ') || '(none yet)'}`,
    },
  ];
}
