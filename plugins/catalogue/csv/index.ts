/** The catalogue as a file for people: read, write, describe what is wrong with it. Pure but for the seed. */
export { decodeCatalogueFile, type Decoded } from './decode.ts';
export { describeError, englishDimensions, type CsvError, type CsvPicture, type CsvProduct, type CsvVariant, type InBoth } from './product.ts';
export { readCatalogueCsv, type CatalogueRead } from './read.ts';
export { productsOfEntries } from './from-entries.ts';
export { catalogueCsvPieces, writeCatalogueCsv, type WritableProduct } from './write.ts';
