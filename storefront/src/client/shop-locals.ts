import type { PreviewAnswer } from './catalogue-api.ts';
import type { CatalogueReader } from './catalogue-reader.ts';

/** What a page may read, made anew for every rendering. */
export interface ShopLocals {
  catalogue: CatalogueReader;
  preview: (token: string) => Promise<PreviewAnswer>;
  /** Address of the shop for canonical links, without a trailing slash. */
  siteUrl: string;
  /** Where browsers fetch pictures, without a trailing slash. */
  imageBase: string;
  /** Sources that the cart's policy lets its form lead to. */
  paymentSources: readonly string[];
}
