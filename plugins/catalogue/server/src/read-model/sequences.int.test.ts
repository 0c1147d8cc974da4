import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '@comptoir/env';
import {
  CATEGORY,
  PAGE,
  PRODUCT,
  SETTINGS,
  type ShopUnderTest,
  startShopUnderTest,
} from '@comptoir/harness';

/** One thing staff do; what the shop refuses is fine, what it accepts must reach the read model. */
type Edit = (shop: ShopUnderTest, ids: Ids) => Promise<unknown>;
interface Ids {
  products: string[];
  pages: string[];
  categories: string[];
  settings: string;
  files: number[];
  skus: string[];
}

let shop: ShopUnderTest;
let ids: Ids;
beforeAll(async () => {
  shop = await startShopUnderTest();
  const list = async (sql: string): Promise<string[]> =>
    (await shop.query(sql)).map((row) => String(row['id']));
  ids = {
    products: await list('select distinct document_id as id from products order by 1'),
    pages: await list('select distinct document_id as id from pages order by 1'),
    categories: await list('select document_id as id from categories order by 1'),
    settings: (await list('select document_id as id from shop_settings'))[0] ?? '',
    files: (await list('select id from files order by 1')).map(Number),
    skus: await list('select sku as id from stock_levels order by 1'),
  };
});
afterAll(() => shop.stop());

function at<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('empty list');
  return item;
}
const index = fc.nat({ max: 30 });
const locale = fc.constantFrom('fr', 'en', '*');
const language = fc.constantFrom('fr', 'en');
const word = fc.constantFrom('', 'bleu', 'Grès clair', 'ah-002', 'tasse-rivage');

const documentEdit = (uid: string, list: (ids: Ids) => readonly string[], method: string) =>
  fc.tuple(index, locale).map(
    ([i, lang]): Edit =>
      (on, known) =>
        on.document(uid, method, { documentId: at(list(known), i), locale: lang }),
  );
const fieldEdit = (
  uid: string,
  list: (ids: Ids) => readonly string[],
  fields: readonly string[],
  status?: string,
) =>
  fc.tuple(index, language, fc.constantFrom(...fields), word).map(
    ([i, lang, field, value]): Edit =>
      (on, known) =>
        on.document(uid, 'update', {
          documentId: at(list(known), i),
          ...(uid === CATEGORY ? {} : { locale: lang }),
          data: { [field]: value },
          ...(status === undefined ? {} : { status }),
        }),
  );
const products = (known: Ids): readonly string[] => known.products;
const pages = (known: Ids): readonly string[] => known.pages;

const price = fc
  .tuple(index, language, fc.integer({ min: -1, max: 9_999 }), fc.boolean())
  .map(([i, lang, amount, drop]): Edit => async (on, known) => {
    const documentId = at(known.products, i);
    const { variants } = await on.draft(documentId, lang);
    const list = (variants as Record<string, unknown>[]).map((variant) => ({
      ...variant,
      price: amount,
    }));
    return on.document(PRODUCT, 'update', {
      documentId,
      locale: lang,
      data: { variants: drop ? list.slice(1) : list },
    });
  });
const stock = fc
  .tuple(
    index,
    fc.integer({ min: -30, max: 30 }).filter((delta) => delta !== 0),
  )
  .map(
    ([i, delta]): Edit =>
      (on, known) =>
        on.adjust(at(known.skus, i), delta),
  );
const replaced = fc.tuple(index, fc.constantFrom('ah-001-main.png', 'ah-006-detail.png')).map(
  ([i, name]): Edit =>
    (on, known) =>
      on.replacePicture(at(known.files, i), join(ROOT, 'infra/seed/images', name)),
);
const deleted = index.map((i): Edit => async (on, known) => {
  const [file] = await on.query(
    'select id, hash, ext, provider, mime, name from files where id = $1',
    [at(known.files, i)],
  );
  return file && on.service('upload', 'upload', 'remove', file);
});
const settings = fc.tuple(fc.constantFrom('noticeFr', 'name', 'homeTitleEn'), word).map(
  ([field, value]): Edit =>
    (on, known) =>
      on.document(SETTINGS, 'update', { documentId: known.settings, data: { [field]: value } }),
);
const cloned = index.map(
  (i): Edit =>
    (on, known) =>
      on.document(PRODUCT, 'clone', { documentId: at(known.products, i), locale: '*' }),
);
const removedCategory = index.map(
  (i): Edit =>
    (on, known) =>
      on.document(CATEGORY, 'delete', { documentId: at(known.categories, i) }),
);

const edit = fc.oneof(
  { weight: 5, arbitrary: documentEdit(PRODUCT, products, 'publish') },
  { weight: 2, arbitrary: documentEdit(PRODUCT, products, 'unpublish') },
  { weight: 1, arbitrary: documentEdit(PRODUCT, products, 'discardDraft') },
  { weight: 1, arbitrary: documentEdit(PRODUCT, products, 'delete') },
  { weight: 4, arbitrary: fieldEdit(PRODUCT, products, ['name', 'slug', 'tagline', 'reference']) },
  { weight: 2, arbitrary: fieldEdit(PRODUCT, products, ['name', 'slug'], 'published') },
  { weight: 4, arbitrary: price },
  { weight: 3, arbitrary: stock },
  { weight: 1, arbitrary: replaced },
  { weight: 1, arbitrary: deleted },
  {
    weight: 2,
    arbitrary: fieldEdit(CATEGORY, (known) => known.categories, ['nameFr', 'slugEn', 'key']),
  },
  { weight: 1, arbitrary: removedCategory },
  { weight: 2, arbitrary: fieldEdit(PAGE, pages, ['title', 'slug'], 'published') },
  { weight: 1, arbitrary: documentEdit(PAGE, pages, 'unpublish') },
  { weight: 1, arbitrary: documentEdit(PAGE, pages, 'publish') },
  { weight: 1, arbitrary: settings },
  { weight: 1, arbitrary: cloned },
);
/** Steps of a sequence; the edits of one step are sent at once. */
const sequence = fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 8,
});

test('after any sequence of edits, some at once, the read model is what a rebuild would give', async () => {
  let accepted = 0;
  await fc.assert(
    fc.asyncProperty(sequence, async (steps) => {
      for (const step of steps) {
        const outcomes = await Promise.allSettled(step.map((run) => run(shop, ids)));
        accepted += outcomes.filter(({ status }) => status === 'fulfilled').length;
      }
      expect(await shop.drift()).toMatchObject({ drift: [], problems: [] });
      expect(await shop.query('select 1 from catalogue_entries where version is null')).toEqual([]);
    }),
    { numRuns: 12, endOnFailure: true },
  );

  expect(accepted).toBeGreaterThan(20);
  expect(await shop.service('commerce', 'stock', 'unbalancedSkus')).toEqual([]);
}, 240_000);
