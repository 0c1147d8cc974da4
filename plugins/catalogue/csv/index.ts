/** The catalogue as a file for people: read, write, describe what is wrong with it. Pure but for the seed. */
export {
  type CsvError,
  type CsvPicture,
  type CsvProduct,
  type CsvVariant,
  describeError,
  englishDimensions,
  type InBoth,
} from './csv-product.ts';
export { decodeCatalogueFile, type Decoded } from './decode.ts';
export { productsOfEntries } from './from-entries.ts';
export { type CatalogueRead, readCatalogueCsv } from './read-csv.ts';
export { catalogueCsvPieces, type WritableProduct, writeCatalogueCsv } from './write-csv.ts';
