import type { Core } from '@strapi/strapi';

import type { CsvError, CsvProduct } from '../../../csv/csv-product.ts';
import { stockPort } from '../stock-port.ts';
import { inTransaction, lockForEditing, type Transaction } from '../transaction.ts';
import {
  findPictures,
  type PictureSource,
  removePictures,
  uploadPicture,
} from './import-pictures.ts';
import { type Plan, planErrors, planImport, type PlanInput } from './import-plan.ts';
import { storedProducts } from './stored-products.ts';
import { categoryIds, ImportRefused, writePlan } from './write-plan.ts';

interface ImportRequest {
  products: readonly CsvProduct[];
  lines: { references: ReadonlyMap<string, number>; skus: ReadonlyMap<string, number> };
  /** Folders where pictures lie; the first that has a file of the name wins. */
  pictureDirs: readonly string[];
  stock: boolean;
  dryRun: boolean;
  /** The author of the stock movements. */
  actor: string;
  onlyNew?: boolean;
  /** More work for the same transaction; runs before the products. */
  before?: (trx: Transaction) => Promise<void>;
  /** More work for the same transaction; runs after the products. */
  after?: (trx: Transaction) => Promise<void>;
}

export type ImportOutcome =
  { ok: true; plan: Plan; uploads: string[]; written: boolean } | { ok: false; errors: CsvError[] };

/**
 * Brings the shop in line with a file: all of it or nothing. Pictures are uploaded first, so that
 * no transaction waits for an encoder; products are compared again inside the transaction, where no
 * editor can interfere. A second run changes nothing.
 */
export async function importCatalogue(
  strapi: Core.Strapi,
  request: ImportRequest,
): Promise<ImportOutcome> {
  const names = [
    ...new Set(request.products.flatMap((product) => product.pictures.map(({ file }) => file))),
  ];
  const sources = await findPictures(strapi, request.pictureDirs, names);
  const first = await inTransaction(strapi, (trx) => inputOf(strapi, trx, request, sources));
  // A first run creates its categories itself, in the same transaction.
  const errors = planErrors(
    first,
    request.lines,
    request.before ? categoriesOf(request.products) : [...(await categoryIds(strapi)).keys()],
  );
  if (errors.length > 0) return { ok: false, errors };
  const uploads = names.filter((name) => sources.get(name)?.kind === 'upload');
  const plan = planImport(first);
  if (request.dryRun || (isEmpty(plan) && !request.after))
    return { ok: true, plan, uploads: isEmpty(plan) ? [] : uploads, written: false };
  return uploadAndWrite(strapi, request, sources, uploads);
}

const isEmpty = (plan: Plan): boolean => plan.products.length + plan.stock.length === 0;
const categoriesOf = (products: readonly CsvProduct[]): string[] => [
  ...new Set(products.flatMap(({ category }) => category ?? [])),
];

async function inputOf(
  strapi: Core.Strapi,
  trx: Transaction,
  request: ImportRequest,
  pictures: ReadonlyMap<string, PictureSource>,
): Promise<PlanInput> {
  const { products, stock, onlyNew = false } = request;
  const levels = await stockPort().read(
    trx,
    products.flatMap(({ variants }) => variants.map(({ sku }) => sku)),
  );
  return {
    products,
    pictures,
    stock,
    onlyNew,
    stored: await storedProducts(strapi),
    onHand: new Map(levels.map((level) => [level.sku, level.onHand])),
  };
}

async function uploadAndWrite(
  strapi: Core.Strapi,
  request: ImportRequest,
  sources: Map<string, PictureSource>,
  uploads: string[],
): Promise<ImportOutcome> {
  const uploaded: number[] = [];
  try {
    for (const name of uploads) {
      const id = await uploadOne(strapi, name, sources.get(name));
      uploaded.push(id);
      sources.set(name, { kind: 'library', id });
    }
    const plan = await inTransaction(strapi, async (trx) => {
      await lockForEditing(trx);
      await request.before?.(trx);
      const due = planImport(await inputOf(strapi, trx, request, sources));
      await writePlan(
        strapi,
        trx,
        due,
        { media: mediaIds(sources), categories: await categoryIds(strapi) },
        request.actor,
      );
      await request.after?.(trx);
      return due;
    });
    return { ok: true, plan, uploads, written: true };
  } catch (error) {
    await removePictures(strapi, uploaded);
    if (!(error instanceof ImportRefused)) throw error;
    const line =
      request.lines.references.get(error.reference) ?? request.lines.skus.get(error.reference) ?? 1;
    return { ok: false, errors: [{ line, column: '', message: error.message }] };
  }
}

async function uploadOne(
  strapi: Core.Strapi,
  name: string,
  source: PictureSource | undefined,
): Promise<number> {
  if (source?.kind !== 'upload') throw new Error(`${name}: nothing to upload`);
  try {
    return await uploadPicture(strapi, name, source.path);
  } catch (error) {
    throw new ImportRefused(
      name,
      `${name}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function mediaIds(sources: ReadonlyMap<string, PictureSource>): Map<string, number> {
  return new Map(
    [...sources].flatMap(([name, source]): [string, number][] =>
      source.kind === 'library' ? [[name, source.id]] : [],
    ),
  );
}
