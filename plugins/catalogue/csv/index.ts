/**
 * The catalogue as a file for people: read it, write it, say what is wrong with it. Pure but for
 * the seed.
 */
export { type CsvError, type CsvProduct, describeError, englishDimensions } from './csv-product.ts';
export { decodeCatalogueFile } from './decode.ts';
export { productsOfEntries } from './from-entries.ts';
export { readCatalogueCsv } from './read-csv.ts';
export { catalogueCsvPieces, writeCatalogueCsv } from './write-csv.ts';
