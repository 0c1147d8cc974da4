import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { loadEnv } from '@comptoir/env';

import { type CsvError, describeError } from '../../../csv/csv-product.ts';
import { decodeCatalogueFile } from '../../../csv/decode.ts';
import { readCatalogueCsv } from '../../../csv/read-csv.ts';
import { updateMainPictures } from '../pictures/picture-service.ts';
import { exportCatalogue } from './export-catalogue.ts';
import { importCatalogue, type ImportOutcome } from './import-catalogue.ts';
import { seedShop } from './seed-shop.ts';

/** What a command prints and exits with. */
interface Report {
  text: string;
  code: number;
}

/** What the commands ask: `strapi.plugin('catalogue').service('import')`. */
export interface ImportService {
  /**
   * Reads a catalogue file and brings the shop in line with it; pictures lie beside it or in
   * `images/` beside it.
   */
  importFile(path: string, options: { dryRun: boolean; stock: boolean }): Promise<Report>;
  /** The published catalogue as text. */
  exportText(): Promise<{ text: string; products: number }>;
  /** Writes the starting content, once per shop; without products in live mode. */
  seed(seedDir: string): Promise<Report>;
}

const SHOWN_ERRORS = 50;

function refused(errors: readonly CsvError[], what: string): Report {
  const lines = errors.slice(0, SHOWN_ERRORS).map((error) => `  ${describeError(error)}`);
  const more = errors.length > SHOWN_ERRORS ? [`  … and ${errors.length - SHOWN_ERRORS} more`] : [];
  return {
    code: 1,
    text: [
      `${what}: ${errors.length === 1 ? '1 error' : `${errors.length} errors`}, nothing was written.`,
      ...lines,
      ...more,
    ].join('\n'),
  };
}

function describeOutcome(
  { plan, uploads, written }: Extract<ImportOutcome, { ok: true }>,
  dryRun: boolean,
): string {
  const steps = plan.products.flatMap(({ product, documentId, changes }) =>
    documentId === null
      ? [`+ ${product.reference} ${product.name.fr}`]
      : [`~ ${product.reference}`, ...changes.map((change) => `    ${change}`)],
  );
  const stock = plan.stock.map(
    ({ sku, delta, from }) =>
      `  stock ${sku}: ${from === null ? 'new' : from} → ${(from ?? 0) + delta}`,
  );
  const pictures = uploads.map((name) => `+ picture ${name}`);
  const created = plan.products.filter((step) => step.documentId === null).length;
  const verb = dryRun ? 'would be ' : '';
  const sum =
    written || dryRun
      ? `${created} ${verb}created, ${plan.products.length - created} ${verb}updated, ${plan.unchanged} unchanged, ${plan.stock.length} stock levels ${verb}changed.`
      : `Nothing to do: all ${plan.unchanged} products are as the file says.`;
  return [
    ...(dryRun ? [...pictures, ...steps, ...stock] : []),
    dryRun ? `Dry run, nothing was written: ${sum}` : sum,
  ].join('\n');
}

async function importFile(
  strapi: Core.Strapi,
  path: string,
  options: { dryRun: boolean; stock: boolean },
): Promise<Report> {
  const bytes = await readFile(path).catch((error: unknown) =>
    error instanceof Error ? error : new Error(String(error)),
  );
  if (bytes instanceof Error)
    return {
      code: 1,
      text: `Cannot read ${path}: ${bytes.message}. Give the path of a CSV file that you may read.`,
    };
  const decoded = decodeCatalogueFile(bytes);
  const read = decoded.ok ? readCatalogueCsv(decoded.text) : decoded;
  if (!read.ok) return refused(read.errors, path);
  const outcome = await importCatalogue(strapi, {
    ...options,
    products: read.products,
    lines: read.lines,
    pictureDirs: [dirname(path), join(dirname(path), 'images')],
    actor: 'import',
  });
  if (!outcome.ok) return refused(outcome.errors, path);
  const pictures = outcome.written ? await mainPictures(strapi) : [];
  return { code: 0, text: [describeOutcome(outcome, options.dryRun), ...pictures].join('\n') };
}

/**
 * The command ends before the job that follows publications would run. What fails here is retried
 * at the next start.
 */
async function mainPictures(strapi: Core.Strapi): Promise<string[]> {
  try {
    const { failed } = await updateMainPictures(strapi);
    return Object.entries(failed).map(
      ([reference, why]) => `Main picture of ${reference} not written yet: ${why}`,
    );
  } catch (error) {
    return [
      `Main pictures not written yet: ${error instanceof Error ? error.message : String(error)}`,
    ];
  }
}

async function seed(strapi: Core.Strapi, seedDir: string): Promise<Report> {
  const { shopMode } = loadEnv('api');
  const result = await seedShop(strapi, seedDir, shopMode);
  if (result.done === 'already')
    return { code: 0, text: 'This shop already has its starting content; nothing was changed.' };
  if (!result.outcome.ok) return refused(result.outcome.errors, 'Starting content');
  const { plan, uploads } = result.outcome;
  const done =
    shopMode === 'live'
      ? 'Starting content: the legal and delivery pages, and settings to fill in. The shop is closed until they say otherwise; it has no products yet.'
      : `Starting content: ${plan.products.length} products, ${uploads.length} pictures, categories, pages and settings.`;
  return { code: 0, text: [done, ...(await mainPictures(strapi))].join('\n') };
}

export const importService = ({ strapi }: { strapi: Core.Strapi }): ImportService => ({
  importFile: (path, options) => importFile(strapi, path, options),
  exportText: () => exportCatalogue(strapi),
  seed: (seedDir) => seed(strapi, seedDir),
});
