import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Locale, LOCALES } from '@comptoir/contracts';

import { rowsOf, type Transaction } from '../transaction.ts';
import type { ProductStep } from './import-plan.ts';

/** Ids that a file names in its own words; categories by row, as links need them. */
export interface Lookups {
  media: ReadonlyMap<string, number>;
  categories: ReadonlyMap<string, number>;
}
/** A step whose document has an id. */
export type IdentifiedStep = ProductStep & { documentId: string };

type Sql = string | number | boolean | null;
interface Rows {
  product: Record<string, unknown>[];
  picture: Record<string, Sql>[];
  media: Record<string, Sql>[];
  variant: Record<string, Sql>[];
  seo: Record<string, Sql>[];
  component: Record<string, Sql>[];
  category: Record<string, Sql>[];
}

/**
 * Each kind of row but products: where it goes, and its columns with their types, `id` first where
 * other rows refer to it.
 */
const TABLES: Record<Exclude<keyof Rows, 'product'>, readonly [table: string, columns: string]> = {
  picture: ['components_catalogue_pictures', 'id int, alt_fr text, alt_en text'],
  media: [
    'files_related_mph',
    'file_id int, related_id int, related_type text, field text, "order" int',
  ],
  variant: [
    'components_catalogue_variants',
    'id int, sku text, label_fr text, label_en text, price int, vat_rate int, weight int',
  ],
  seo: ['components_catalogue_seos', 'id int, title text, description text'],
  component: [
    'products_cmps',
    'entity_id int, cmp_id int, component_type text, field text, "order" int',
  ],
  category: ['products_category_lnk', 'product_id int, category_id int'],
};
const COMPONENTS = ['picture', 'variant', 'seo'] as const;

/**
 * What a file does not hold and an import leaves as it is: the product's other columns, and its
 * texts for search engines.
 */
interface Preserved {
  columns: Record<string, unknown>;
  seo: { title: string | null; description: string | null } | null;
}
const columnsSchema = z.record(z.string(), z.unknown());
const versionKey = (documentId: string, locale: string): string => `${documentId} ${locale}`;

async function readPreserved(
  trx: Transaction,
  documentIds: readonly string[],
): Promise<Map<string, Preserved>> {
  const rows = await rowsOf(
    trx,
    `select p.document_id, p.locale, to_jsonb(p)::text as columns,
       s.id as seo, s.title, s.description
     from products p
     left join products_cmps c on c.entity_id = p.id and c.field = 'seo'
     left join components_catalogue_seos s on s.id = c.cmp_id
     where p.document_id = any(?::text[]) and p.published_at is null`,
    [documentIds],
  );
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return new Map(
    rows.map((row) => [
      versionKey(String(row['document_id']), String(row['locale'])),
      {
        columns: columnsSchema.parse(JSON.parse(String(row['columns']))),
        seo:
          row['seo'] === null
            ? null
            : { title: text(row['title']), description: text(row['description']) },
      },
    ]),
  );
}

async function removeRows(trx: Transaction, documentIds: readonly string[]): Promise<void> {
  const components = `
    select c.cmp_id from products_cmps c join products p on p.id = c.entity_id
    where p.document_id = any(?::text[]) and c.component_type = `;
  await rowsOf(
    trx,
    `delete from files_related_mph
     where related_type = 'catalogue.picture' and related_id in (${components} 'catalogue.picture')`,
    [documentIds],
  );
  for (const [name, table] of [
    ['picture', TABLES.picture[0]],
    ['variant', TABLES.variant[0]],
    ['seo', TABLES.seo[0]],
  ] as const) {
    await rowsOf(trx, `delete from ${table} where id in (${components} 'catalogue.${name}')`, [
      documentIds,
    ]);
  }
  // Links to components and categories go with their product.
  await rowsOf(trx, 'delete from products where document_id = any(?::text[])', [documentIds]);
}

function addComponents(
  rows: Rows,
  entity: number,
  { product }: IdentifiedStep,
  { media }: Lookups,
  seo: Preserved['seo'],
): void {
  const link = (cmp_id: number, name: string, field: string, order: number | null): unknown =>
    rows.component.push({
      entity_id: entity,
      cmp_id,
      component_type: `catalogue.${name}`,
      field,
      order,
    });
  for (const [index, { file, alt }] of product.pictures.entries()) {
    const id = rows.picture.push({ alt_fr: alt.fr, alt_en: alt.en });
    link(id, 'picture', 'pictures', index + 1);
    const file_id = media.get(file);
    if (file_id !== undefined)
      rows.media.push({
        file_id,
        related_id: id,
        related_type: 'catalogue.picture',
        field: 'media',
        order: 1,
      });
  }
  for (const [index, { sku, label, price, vatRate, weight }] of product.variants.entries()) {
    link(
      rows.variant.push({
        sku,
        label_fr: label.fr,
        label_en: label.en,
        price,
        vat_rate: vatRate,
        weight,
      }),
      'variant',
      'variants',
      index + 1,
    );
  }
  if (seo !== null) link(rows.seo.push({ ...seo }), 'seo', 'seo', null);
}

/**
 * One product in one language, draft or published. Ids are numbered from 1 here and moved to the
 * sequences' place when written.
 */
function addVersion(
  rows: Rows,
  step: IdentifiedStep,
  lookups: Lookups,
  locale: Locale,
  published: boolean,
  preserved: Preserved | undefined,
  now: string,
): void {
  const { product, documentId, position } = step;
  const text = {
    name: product.name[locale],
    slug: product.slug[locale],
    tagline: product.tagline[locale],
    description: product.description[locale],
    care: product.care[locale],
    dimensions: product.dimensions[locale],
  };
  const times = {
    created_at: preserved?.columns['created_at'] ?? now,
    updated_at: now,
    published_at: published ? now : null,
    updated_by_id: null,
  };
  const id = rows.product.push({
    ...preserved?.columns,
    document_id: documentId,
    locale,
    reference: product.reference,
    position,
    ...text,
    ...times,
  });
  const category = product.category === null ? undefined : lookups.categories.get(product.category);
  if (category !== undefined) rows.category.push({ product_id: id, category_id: category });
  addComponents(rows, id, step, lookups, preserved?.seo ?? null);
}

async function insert(
  trx: Transaction,
  [table, columns]: readonly [string, string],
  rows: readonly Record<string, Sql>[],
): Promise<void> {
  const names = columns.replaceAll(/ \w+(?=,|$)/g, '');
  if (rows.length > 0)
    await rowsOf(
      trx,
      `insert into ${table} (${names})
       select ${names} from jsonb_to_recordset(?::jsonb) as x(${columns})`,
      [JSON.stringify(rows)],
    );
}

/** The table itself names the columns, so that a field of products needs no line here. */
async function insertProducts(trx: Transaction, rows: Rows['product']): Promise<void> {
  await rowsOf(
    trx,
    'insert into products select * from jsonb_populate_recordset(null::products, ?::jsonb)',
    [JSON.stringify(rows)],
  );
}

/** Takes numbers from a table's sequence. @returns the number that stands for each of 1…count */
async function takeIds(trx: Transaction, table: string, count: number): Promise<number[]> {
  const rows = await rowsOf(
    trx,
    `select nextval(pg_get_serial_sequence('${table}', 'id')) as id
     from generate_series(1, ?::int)`,
    [count],
  );
  return rows.map(({ id }) => Number(id));
}

async function insertAll(trx: Transaction, rows: Rows): Promise<void> {
  const ids: Record<string, number[]> = {};
  ids['product'] = await takeIds(trx, 'products', rows.product.length);
  for (const kind of COMPONENTS) ids[kind] = await takeIds(trx, TABLES[kind][0], rows[kind].length);
  const real = (kind: string, provisional: Sql | undefined): number =>
    ids[kind]?.[Number(provisional) - 1] ?? 0;
  await insertProducts(
    trx,
    rows.product.map((row, index) => ({ ...row, id: real('product', index + 1) })),
  );
  for (const kind of COMPONENTS)
    await insert(
      trx,
      TABLES[kind],
      rows[kind].map((row, index) => ({ ...row, id: real(kind, index + 1) })),
    );
  await insert(
    trx,
    TABLES.media,
    rows.media.map((row) => ({ ...row, related_id: real('picture', row['related_id']) })),
  );
  await insert(
    trx,
    TABLES.component,
    rows.component.map((row) => ({
      ...row,
      entity_id: real('product', row['entity_id']),
      cmp_id: real(String(row['component_type']).replace('catalogue.', ''), row['cmp_id']),
    })),
  );
  await insert(
    trx,
    TABLES.category,
    rows.category.map((row) => ({ ...row, product_id: real('product', row['product_id']) })),
  );
}

/**
 * Writes products as Strapi's document service would leave them after "save in both languages,
 * publish", in a few statements for all of them (the service takes some 170 for each; decision
 * 0010). Their rows are made anew, in the caller's transaction; publish rules and the read model
 * are the caller's.
 * @returns the steps, each with its document's id
 */
export async function writeProductRows(
  trx: Transaction,
  steps: readonly ProductStep[],
  lookups: Lookups,
): Promise<IdentifiedStep[]> {
  const identified = steps.map((step): IdentifiedStep => ({
    ...step,
    documentId: step.documentId ?? randomUUID().replaceAll('-', ''),
  }));
  const old = steps.flatMap(({ documentId }) => (documentId === null ? [] : [documentId]));
  const preserved = await readPreserved(trx, old);
  const now = new Date().toISOString().replace('Z', '');
  const rows: Rows = {
    product: [],
    picture: [],
    media: [],
    variant: [],
    seo: [],
    component: [],
    category: [],
  };
  for (const step of identified) {
    for (const published of [false, true]) {
      for (const locale of LOCALES)
        addVersion(
          rows,
          step,
          lookups,
          locale,
          published,
          preserved.get(versionKey(step.documentId, locale)),
          now,
        );
    }
  }
  await removeRows(trx, old);
  await insertAll(trx, rows);
  return identified;
}
