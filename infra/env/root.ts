import { resolve } from 'node:path';

/**
 * Strapi's admin build loads its configuration, and with it this file, as CommonJS, where
 * import.meta is empty.
 */
const here = typeof __dirname === 'string' ? __dirname : import.meta.dirname;

/**
 * The folder of the checkout, absolute; relative paths in the environment are read from here,
 * whatever the working directory.
 */
export const ROOT = resolve(here, '../..');
