import { z } from 'zod';
import { referenceSchema, SKU_PATTERN, SLUG_PATTERN } from '@comptoir/contracts';

import { VAT_RATES } from '../domain/vat-rates.ts';
import { formatVatRate, parseCount, parsePrice, parseVatRate } from './amounts.ts';
import { MAX_PICTURES, pictureColumns } from './csv-columns.ts';

/** NUL cannot be stored by Postgres; the other control characters are never meant. */

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

const CONTROL_OR_BREAK = /[\u0000-\u001f\u007f]/;

const trimmed = z.string().transform((text) => text.trim());

/** One line of text as the database's short columns hold it. */
const shortText = trimmed
  .refine(
    (text) => !CONTROL_OR_BREAK.test(text),
    'must be one line of plain text, without line breaks',
  )
  .refine((text) => text.length <= 255, 'is longer than 255 characters; shorten it');
const neededText = (example: string) =>
  shortText.refine((text) => text !== '', `is empty; a good value is "${example}"`);

/** Markdown, kept as it is. */
const longText = z
  .string()
  .refine((text) => !CONTROL.test(text), 'contains a control character; use plain text')
  .refine((text) => text.length <= 50_000, 'is longer than 50,000 characters; shorten it');

const shown = (text: string): string =>
  text === '' ? 'is empty' : `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}" is not valid`;

/** A cell turned into a value by `parse`, or refused with an example of a good one. */
function parsed<T>(parse: (text: string) => T | null, good: string) {
  return trimmed.transform((text, context): T => {
    const value = parse(text);
    if (value !== null) return value;
    context.addIssue({ code: 'custom', message: `${shown(text)}; a good value is ${good}` });
    return z.NEVER;
  });
}

const matching =
  (pattern: RegExp, max = 255) =>
  (text: string): string | null =>
    text.length <= max && pattern.test(text) ? text : null;
const slug = (example: string) =>
  parsed(
    matching(SLUG_PATTERN, 120),
    `${example} (lower-case letters, digits and single hyphens, up to 120)`,
  );

const FILE_NAME = /^[^./\\:*?"<>|][^/\\:*?"<>|]*\.(?:png|jpe?g|webp|avif)$/i;
const fileName = (text: string): string | null =>
  text.length <= 200 && FILE_NAME.test(text) && !CONTROL_OR_BREAK.test(text) ? text : null;
const GOOD_FILE = 'ah-001-main.png (a file name without folder; png, jpg, webp or avif)';

const optionalFile = parsed(
  (text) => (text === '' ? '' : fileName(text)),
  `${GOOD_FILE}, or nothing`,
).optional();

/** Pictures after the first; which of these cells belong together is checked with the row. */
export const extraPicturesSchema = z.object(
  Object.fromEntries(
    Array.from({ length: MAX_PICTURES - 1 }, (_, index) => pictureColumns(index + 2)).flatMap(
      ({ image, altFr, altEn }): [string, z.ZodType<string | undefined>][] => [
        [image, optionalFile],
        [altFr, shortText.optional()],
        [altEn, shortText.optional()],
      ],
    ),
  ),
);

/** A rate the admin offers too: what is imported can then be edited. */
function offeredVatRate(text: string): number | null {
  const rate = parseVatRate(text);
  return VAT_RATES.some(({ basisPoints }) => basisPoints === rate) ? rate : null;
}

const REFERENCE =
  'ah-001 (2 to 40 lower-case letters, digits and hyphens, starting with a letter or digit; "instantane" is reserved)';

/**
 * Values of one row, whatever its neighbours say. Keys are column names, so an issue's path names
 * the column.
 */
export const rowSchema = z.object({
  reference: parsed((text) => referenceSchema.safeParse(text).data ?? null, REFERENCE),
  sku: parsed(matching(SKU_PATTERN), 'ah-001-4 (2 to 60 lower-case letters, digits and hyphens)'),
  nom_fr: neededText('Tasse Rivage'),
  nom_en: neededText('Shore mug'),
  slug_fr: slug('tasse-rivage'),
  slug_en: slug('shore-mug'),
  categorie: parsed(
    (text) => (text === '' ? '' : matching(SLUG_PATTERN)(text)),
    'the key of a category, such as table, or nothing',
  ),
  variante_fr: shortText,
  variante_en: shortText,
  prix_ttc: parsed(
    parsePrice,
    '28,00 (euros above zero, VAT included, at most two decimals, no currency sign)',
  ),
  tva: parsed(
    offeredVatRate,
    `one of ${VAT_RATES.map(({ basisPoints }) => formatVatRate(basisPoints)).join(' | ')} (percent; the rates that the admin offers)`,
  ),
  stock: parsed(parseCount, '12 (whole pieces, 0 or more)'),
  poids_g: parsed(parseCount, '340 (whole grams)'),
  dimensions: shortText,
  dimensions_en: shortText.optional(),
  accroche_fr: shortText,
  accroche_en: shortText,
  description_fr: longText,
  description_en: longText,
  entretien_fr: longText,
  entretien_en: longText,
  image: parsed(fileName, GOOD_FILE),
  alt_fr: neededText('Tasse en grès ivoire'),
  alt_en: neededText('Ivory stoneware mug'),
});
export type RowValues = z.infer<typeof rowSchema>;
