/** The catalogue as a file for people: read, write, describe what is wrong with it. Pure but for the seed. */
export { decodeCatalogueFile, type Decoded } from './decode.ts';
export { productsOfEntries } from './from-entries.ts';
export {
  type CsvError,
  type CsvPicture,
  type CsvProduct,
  type CsvVariant,
  describeError,
  englishDimensions,
  type InBoth,
} from './product.ts';
export { type CatalogueRead, readCatalogueCsv } from './read.ts';
export { catalogueCsvPieces, type WritableProduct, writeCatalogueCsv } from './write.ts';
