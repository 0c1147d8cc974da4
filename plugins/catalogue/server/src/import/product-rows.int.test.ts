import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '@comptoir/env';
import { PRODUCT, type ShopUnderTest, startShopUnderTest } from '@comptoir/harness';

let shop: ShopUnderTest;
let folder: string;
let seed: string;

beforeAll(async () => {
  shop = await startShopUnderTest();
  folder = await mkdtemp(join(tmpdir(), 'comptoir-rows-'));
  seed = await readFile(join(ROOT, 'infra/seed/produits.csv'), 'utf-8');
});

afterAll(async () => {
  await shop.stop();
  await rm(folder, { recursive: true, force: true });
});

async function importText(text: string): Promise<unknown> {
  await writeFile(join(folder, 'file.csv'), text);
  return shop.service('catalogue', 'import', 'importFile', join(folder, 'file.csv'), {
    dryRun: false,
    stock: false,
  });
}

/** All that Strapi keeps of a product, but for numbers it draws and the time of the last change. */
const DUMP = `select to_jsonb(p) - '{id,document_id,updated_at,published_at}'::text[] as product, p.published_at is not null as published,
    (select jsonb_agg(jsonb_build_array(c.component_type, c.field, c."order", to_jsonb(v) - 'id', to_jsonb(i) - 'id', to_jsonb(s) - 'id', f.file_id, f.field, f."order") order by c.field, c."order")
     from products_cmps c
     left join components_catalogue_variants v on c.component_type = 'catalogue.variant' and v.id = c.cmp_id
     left join components_catalogue_pictures i on c.component_type = 'catalogue.picture' and i.id = c.cmp_id
     left join files_related_mph f on c.component_type = 'catalogue.picture' and f.related_type = c.component_type and f.related_id = c.cmp_id
     left join components_catalogue_seos s on c.component_type = 'catalogue.seo' and s.id = c.cmp_id
     where c.entity_id = p.id) as components,
    (select jsonb_agg(category_id) from products_category_lnk l where l.product_id = p.id) as categories
  from products p where p.reference = $1 order by published, p.locale`;
const dump = (reference: string): Promise<Record<string, unknown>[]> =>
  shop.query(DUMP, [reference]);

/** Staff save both languages, with words for search engines, which no file holds, and publish. */
async function saveByHand(reference: string): Promise<void> {
  const documentId = await shop.idOf(PRODUCT, reference);
  for (const locale of ['fr', 'en'])
    await shop.document(PRODUCT, 'update', {
      documentId,
      locale,
      data: { seo: { title: `Titre ${locale}`, description: 'Pour le moteur' } },
    });
  await shop.document(PRODUCT, 'publish', { documentId, locale: '*' });
}

test('an imported change leaves the rows that saving and publishing leave, and keeps what a file does not speak of', async () => {
  await saveByHand('ah-001');
  const before = await dump('ah-001');

  expect(before).toHaveLength(4);
  expect(JSON.stringify(before)).toContain('Titre en');

  const files = await shop.query('select count(*) as n from files_related_mph');
  expect(await importText(seed.replaceAll(';28,00;', ';29,50;'))).toMatchObject({ code: 0 });
  expect(await dump('ah-001')).toEqual(
    JSON.parse(JSON.stringify(before).replaceAll('2800', '2950')),
  );
  expect(await shop.query('select count(*) as n from files_related_mph')).toEqual(files);

  // The service finds its way in them: the next save by hand changes nothing.
  const imported = await dump('ah-001');
  await saveByHand('ah-001');

  expect(await dump('ah-001')).toEqual(imported);
  expect((await shop.drift()).drift).toEqual([]);
});

test('a field that no file has keeps its value in both languages, as draft and published', async () => {
  await shop.query('alter table products add column field_of_tomorrow int');
  await shop.query(
    `update products set field_of_tomorrow = case locale when 'fr' then 7 else 8 end where reference = 'ah-002'`,
  );
  const before = await dump('ah-002');

  expect(await importText(seed.replaceAll(';36,00;', ';38,00;'))).toMatchObject({ code: 0 });

  const after = await dump('ah-002');
  expect(after).not.toEqual(before);
  expect(after).toEqual(
    JSON.parse(JSON.stringify(before).replaceAll('"price":3600', '"price":3800')),
  );
  await shop.query('alter table products drop column field_of_tomorrow');
});

test('a new product has the rows of one that staff made', async () => {
  const vase = seed.split('\n').find((line) => line.startsWith('ah-004')) ?? '';
  const twin = vase
    .replace('ah-004;ah-004;', 'ah-014;ah-014;')
    .replace('vase-canyon', 'vase-jumeau')
    .replace('canyon-vase', 'twin-vase');

  expect(await importText(`${seed.split('\n')[0]}\n${twin}\n`)).toMatchObject({ code: 0 });

  const alike = (rows: unknown): unknown =>
    JSON.parse(
      JSON.stringify(rows)
        .replaceAll(/"created_at":"[^"]+"/g, '"created_at":""')
        .replaceAll(/"position":\d+/g, '"position":0')
        .replaceAll('ah-014', 'ah-004')
        .replaceAll('vase-jumeau', 'vase-canyon')
        .replaceAll('twin-vase', 'canyon-vase'),
    );
  expect(alike(await dump('ah-014'))).toEqual(alike(await dump('ah-004')));
  expect((await shop.drift()).drift).toEqual([]);
});

test('two products may exchange addresses and SKUs; one that takes another’s is refused and nothing is written', async () => {
  const exchanged = (text: string, one: string, other: string): string =>
    text.replaceAll(one, '\u0000').replaceAll(other, one).replaceAll('\u0000', other);
  const swapped = exchanged(
    exchanged(seed, 'theiere-basalte', 'pichet-craie'),
    'ah-005;ah-005',
    'ah-005;ah-006',
  ).replace('ah-006;ah-006', 'ah-006;ah-005');

  expect(await importText(swapped)).toMatchObject({ code: 0 });
  expect(await shop.body('product', 'ah-005', 'fr')).toMatchObject({
    slug: 'pichet-craie',
    variants: [{ sku: 'ah-006' }],
  });
  expect(
    await shop.query(
      `select sku, reference from catalogue_skus where sku in ('ah-005', 'ah-006') order by sku`,
    ),
  ).toEqual([
    { sku: 'ah-005', reference: 'ah-006' },
    { sku: 'ah-006', reference: 'ah-005' },
  ]);
  expect((await shop.drift()).drift).toEqual([]);

  const version = await shop.version();
  expect(
    await importText(
      swapped
        .split('\n')
        .filter((line) => !line.startsWith('ah-006'))
        .join('\n')
        .replaceAll('bougeoir-pollen', 'theiere-basalte'),
    ),
  ).toMatchObject({ code: 1, text: expect.stringContaining('theiere-basalte') });
  expect(await shop.version()).toBe(version);
});
