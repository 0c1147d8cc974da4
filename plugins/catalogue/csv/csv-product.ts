import type { Cents } from '@comptoir/contracts';

/** The same text in both languages. */
export interface InBoth {
  fr: string;
  en: string;
}

export interface CsvPicture {
  /** File name, in the folder of the pictures. */
  file: string;
  alt: InBoth;
}

export interface CsvVariant {
  sku: string;
  /** Both empty when the product is sold in one form only. */
  label: InBoth;
  /** VAT included. */
  price: Cents;
  /** Basis points. */
  vatRate: number;
  /** Pieces on hand. */
  stock: number;
  /** Grams. */
  weight: number;
}

/**
 * A product as the catalogue file describes it. Its rank is its place in the file; SEO texts are
 * not in the file.
 */
export interface CsvProduct {
  reference: string;
  name: InBoth;
  slug: InBoth;
  /** Key of a category, or null. */
  category: string | null;
  dimensions: InBoth;
  tagline: InBoth;
  description: InBoth;
  care: InBoth;
  pictures: CsvPicture[];
  variants: CsvVariant[];
}

/**
 * One thing wrong with a file. `line` counts from 1 as a text editor does; `column` is the column's
 * name, empty when the whole line is meant.
 */
export interface CsvError {
  line: number;
  column: string;
  message: string;
}

/** English dimensions when the file gives French ones only: "8,6 cm" becomes "8.6 cm". */
export function englishDimensions(french: string): string {
  return french.replace(/(\d),(\d)/g, '$1.$2');
}

/** `line 12, column "prix_ttc": …`, for people. */
export function describeError(error: CsvError): string {
  return `line ${error.line}${error.column === '' ? '' : `, column "${error.column}"`}: ${error.message}`;
}
