import { MAX_PICTURES, pictureColumns, VARIANT_COLUMNS } from './csv-columns.ts';
import {
  type CsvError,
  type CsvPicture,
  type CsvProduct,
  type CsvVariant,
  englishDimensions,
} from './csv-product.ts';
import { type CsvRow, readRows } from './csv-rows.ts';
import { extraPicturesSchema, rowSchema, type RowValues } from './row-schema.ts';

/** `lines` is the first line of each reference and each SKU in the file, for later messages. */
type CatalogueRead =
  | {
      ok: true;
      products: CsvProduct[];
      lines: { references: ReadonlyMap<string, number>; skus: ReadonlyMap<string, number> };
    }
  | { ok: false; errors: CsvError[] };

interface ParsedRow {
  line: number;
  values: RowValues;
  pictures: Record<string, string | undefined>;
}

/**
 * Reads a catalogue file: UTF-8 text, `;` or `,` between cells, decimal comma or point, one row per
 * variant. All errors are reported at once, in the order of the file; nothing is returned when
 * there is one.
 */
export function readCatalogueCsv(text: string): CatalogueRead {
  const split = readRows(text);
  if (!split.ok) return split;
  const errors: CsvError[] = [];
  const rows = split.rows.flatMap((row) => parseRow(row, errors));
  const groups = [...Map.groupBy(rows, (row) => row.values.reference).values()];
  errors.push(
    ...groups.flatMap((group) => [...disagreements(group, split.columns), ...labelErrors(group)]),
  );
  errors.push(...rows.flatMap((row) => pictureErrors(row)), ...repeated(rows, 'sku'));
  for (const column of ['slug_fr', 'slug_en'] as const)
    errors.push(
      ...repeated(
        groups.flatMap((group) => group[0] ?? []),
        column,
      ),
    );
  if (errors.length > 0)
    return { ok: false, errors: errors.sort((one, other) => one.line - other.line) };
  const products = groups.flatMap((group) =>
    group[0] === undefined ? [] : [product(group[0].values, group)],
  );
  return {
    ok: true,
    products,
    lines: { references: firstLines(rows, 'reference'), skus: firstLines(rows, 'sku') },
  };
}

function parseRow(row: CsvRow, errors: CsvError[]): ParsedRow[] {
  const values = rowSchema.safeParse(row.cells);
  const pictures = extraPicturesSchema.safeParse(row.cells);
  if (values.success && pictures.success)
    return [{ line: row.line, values: values.data, pictures: pictures.data }];
  errors.push(
    ...[...(values.error?.issues ?? []), ...(pictures.error?.issues ?? [])].map((issue) => ({
      line: row.line,
      column: String(issue.path[0] ?? ''),
      message: issue.message,
    })),
  );
  return [];
}

function disagreements([first, ...others]: ParsedRow[], columns: string[]): CsvError[] {
  if (first === undefined) return [];
  const shared = columns.filter((column) => !VARIANT_COLUMNS.includes(column));
  return others.flatMap((row) =>
    shared
      .filter((column) => valueOf(row, column) !== valueOf(first, column))
      .map((column) => ({
        line: row.line,
        column,
        message: `differs from line ${first.line}; all rows of ${first.values.reference} describe one product, so write here too: ${shorten(valueOf(first, column))}`,
      })),
  );
}

/** Row values by any column name; extra pictures included. */
function valueOf(row: ParsedRow, column: string): string {
  const values: Record<string, string | number | undefined> = { ...row.values, ...row.pictures };
  return String(values[column] ?? '');
}

const shorten = (text: string): string => `"${text.length > 80 ? `${text.slice(0, 80)}…` : text}"`;

const LABEL_EXAMPLES = { variante_fr: 'Lot de quatre', variante_en: 'Set of four' } as const;

function missingLabel(
  reference: string,
  variants: number,
  column: keyof typeof LABEL_EXAMPLES,
): string {
  const why =
    variants > 1
      ? `${reference} has ${variants} variants, each needs a name`
      : 'name the variant in both languages or in none';
  return `is empty; ${why}, such as "${LABEL_EXAMPLES[column]}"`;
}

/**
 * Several variants cannot be told apart without labels; a label without its translation would be
 * missing in the other language.
 */
function labelErrors(group: ParsedRow[]): CsvError[] {
  return group.flatMap((row) =>
    (['variante_fr', 'variante_en'] as const)
      .filter(
        (column) =>
          row.values[column] === '' &&
          (group.length > 1 || row.values.variante_fr !== row.values.variante_en),
      )
      .map((column) => ({
        line: row.line,
        column,
        message: missingLabel(row.values.reference, group.length, column),
      })),
  );
}

function pictureErrors(row: ParsedRow): CsvError[] {
  return Array.from({ length: MAX_PICTURES - 1 }, (_, index) => pictureColumns(index + 2)).flatMap(
    ({ image, altFr, altEn }) => {
      const file = valueOf(row, image);
      return [altFr, altEn].flatMap((column) => {
        const alt = valueOf(row, column);
        if (file !== '' && alt === '')
          return [
            {
              line: row.line,
              column,
              message: `is empty; describe ${file} in a few words for people who do not see it`,
            },
          ];
        if (file === '' && alt !== '')
          return [
            {
              line: row.line,
              column,
              message: `describes a picture, but ${image} is empty; name the picture's file there or empty this cell`,
            },
          ];
        return [];
      });
    },
  );
}

function repeated(rows: ParsedRow[], column: 'sku' | 'slug_fr' | 'slug_en'): CsvError[] {
  const first = new Map<string, number>();
  return rows.flatMap((row) => {
    const value = row.values[column];
    const line = first.get(value);
    if (line === undefined) first.set(value, row.line);
    return line === undefined
      ? []
      : [
          {
            line: row.line,
            column,
            message: `"${value}" is already used on line ${line}; each ${column === 'sku' ? 'row' : 'product'} needs its own`,
          },
        ];
  });
}

function firstLines(rows: ParsedRow[], column: 'reference' | 'sku'): Map<string, number> {
  return new Map(rows.toReversed().map((row) => [row.values[column], row.line]));
}

function product(values: RowValues, group: ParsedRow[]): CsvProduct {
  return {
    reference: values.reference,
    name: { fr: values.nom_fr, en: values.nom_en },
    slug: { fr: values.slug_fr, en: values.slug_en },
    category: values.categorie === '' ? null : values.categorie,
    dimensions: {
      fr: values.dimensions,
      en: values.dimensions_en || englishDimensions(values.dimensions),
    },
    tagline: { fr: values.accroche_fr, en: values.accroche_en },
    description: { fr: values.description_fr, en: values.description_en },
    care: { fr: values.entretien_fr, en: values.entretien_en },
    pictures: pictures(group[0]),
    variants: group.map((row) => variant(row.values)),
  };
}

function pictures(row: ParsedRow | undefined): CsvPicture[] {
  if (row === undefined) return [];
  return Array.from({ length: MAX_PICTURES }, (_, index) => pictureColumns(index + 1))
    .map(({ image, altFr, altEn }) => ({
      file: valueOf(row, image),
      alt: { fr: valueOf(row, altFr), en: valueOf(row, altEn) },
    }))
    .filter((picture) => picture.file !== '');
}

function variant(values: RowValues): CsvVariant {
  return {
    sku: values.sku,
    label: { fr: values.variante_fr, en: values.variante_en },
    price: values.prix_ttc,
    vatRate: values.tva,
    stock: values.stock,
    weight: values.poids_g,
  };
}
