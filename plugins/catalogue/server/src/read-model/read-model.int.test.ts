import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from '@comptoir/env';
import {
  CATEGORY,
  PAGE,
  PRODUCT,
  SETTINGS,
  type ShopUnderTest,
  startShopUnderTest,
} from '@comptoir/harness';

let shop: ShopUnderTest;
beforeAll(async () => {
  shop = await startShopUnderTest();
});
afterAll(() => shop.stop());
afterEach(async () => {
  expect(await shop.drift()).toMatchObject({ drift: [], problems: [] });
});

const publish = (documentId: string, locale = 'fr'): Promise<unknown> =>
  shop.document(PRODUCT, 'publish', { documentId, locale });
async function pictureIds(reference: string): Promise<number[]> {
  const { pictures } = await shop.draft(await shop.idOf(PRODUCT, reference));
  return (pictures as { media: { id: number } }[]).map(({ media }) => media.id);
}

describe('every path reaches the read model', () => {
  test('a published edit, in both languages, at the next version, told once', async () => {
    const listener = new pg.Client({ connectionString: shop.databaseUrl });
    const heard: string[] = [];
    await listener.connect();
    listener.on('notification', ({ payload = '' }) => heard.push(payload));
    await listener.query('listen catalogue');
    const documentId = await shop.idOf(PRODUCT, 'ah-001');
    const before = await shop.version();
    await shop.document(PRODUCT, 'update', {
      documentId,
      locale: 'fr',
      data: { tagline: 'Une accroche neuve' },
    });

    expect(await shop.version()).toBe(before);

    await publish(documentId);
    expect(await shop.body('product', 'ah-001', 'fr')).toMatchObject({
      tagline: 'Une accroche neuve',
    });
    expect(await shop.version()).toBe(before + 1);

    await listener.query('select 1');
    expect(heard).toEqual([expect.stringMatching(new RegExp(`^[a-z0-9]{8}\\.${before + 1}$`))]);

    await listener.end();
  });

  test('publishing again without an edit is no new version', async () => {
    const before = await shop.version();
    await publish(await shop.idOf(PRODUCT, 'ah-001'));
    expect(await shop.version()).toBe(before);
  });

  test.each(['fr', 'en'])(
    'a price changed and published from the %s side holds in both languages',
    async (locale) => {
      const documentId = await shop.idOf(PRODUCT, 'ah-002');
      const { variants } = await shop.draft(documentId, locale);
      const price = locale === 'fr' ? 4200 : 4300;
      const changed = (variants as { sku: string }[]).map((variant) => ({ ...variant, price }));
      await shop.document(PRODUCT, 'update', { documentId, locale, data: { variants: changed } });
      await publish(documentId, locale);

      for (const language of ['fr', 'en']) {
        expect(await shop.body('product', 'ah-002', language)).toMatchObject({
          variants: changed.map(({ sku }) => ({ sku, price: { amount: price } })),
        });
      }

      const rows = await shop.query(
        `select p.locale, count(distinct c.cmp_id)::int as parts from products p join products_cmps c on c.entity_id = p.id and c.field = 'variants' where p.document_id = $1 and p.published_at is not null group by 1`,
        [documentId],
      );
      expect(rows.map(({ parts }) => parts)).toEqual([changed.length, changed.length]);
    },
  );

  test('unpublish withdraws product and availability, publish brings both back', async () => {
    const documentId = await shop.idOf(PRODUCT, 'ah-003');
    const [{ sku } = {}] = await shop.query(
      `select sku from catalogue_skus where reference = 'ah-003' limit 1`,
    );
    await shop.document(PRODUCT, 'unpublish', { documentId, locale: 'en' });

    expect(await shop.body('product', 'ah-003', 'fr')).toBeNull();
    expect(await shop.body('product', 'ah-003', 'en')).toBeNull();
    expect(await shop.body('availability', String(sku), '*')).toBeNull();

    await publish(documentId);
    expect(await shop.body('product', 'ah-003', 'en')).toMatchObject({ reference: 'ah-003' });
    expect(await shop.body('availability', String(sku), '*')).toMatchObject({ state: 'in' });
  });

  test('delete withdraws', async () => {
    const documentId = await shop.idOf(PRODUCT, 'ah-008');
    await shop.document(PRODUCT, 'delete', { documentId, locale: '*' });
    expect(await shop.body('product', 'ah-008', 'fr')).toBeNull();
    expect(await shop.query(`select 1 from catalogue_skus where reference = 'ah-008'`)).toEqual([]);
  });

  test('deleting one language of something published is refused', async () => {
    const documentId = await shop.idOf(PRODUCT, 'ah-004');
    await expect(shop.document(PRODUCT, 'delete', { documentId, locale: 'en' })).rejects.toThrow(
      /dépubliez/,
    );
    expect(await shop.body('product', 'ah-004', 'en')).toMatchObject({ reference: 'ah-004' });
  });

  test('discarding a draft leaves what is published, and both languages agree', async () => {
    const documentId = await shop.idOf(PRODUCT, 'ah-004');
    await shop.document(PRODUCT, 'update', { documentId, locale: 'fr', data: { position: 99 } });
    await shop.document(PRODUCT, 'discardDraft', { documentId, locale: 'fr' });
    expect((await shop.draft(documentId, 'en'))['position']).not.toBe(99);
  });

  test('a copy starts without reference and cannot be published until it has one', async () => {
    const documentId = await shop.idOf(PRODUCT, 'ah-004');
    const copy = (await shop.document(PRODUCT, 'clone', { documentId, locale: '*' })) as {
      documentId: string;
    };

    await expect(publish(copy.documentId)).rejects.toThrow(/La référence manque/);

    await shop.document(PRODUCT, 'delete', { documentId: copy.documentId, locale: '*' });
  });

  test('a category renamed, then deleted once no product is in it', async () => {
    const [{ key } = {}] = await shop.query(
      `select key from catalogue_entries where kind = 'category' limit 1`,
    );
    const documentId = await shop.idOf(CATEGORY, String(key));
    await shop.document(CATEGORY, 'update', { documentId, data: { nameFr: 'Sur la table' } });

    expect(await shop.body('category', String(key), 'fr')).toMatchObject({ name: 'Sur la table' });
    await expect(shop.document(CATEGORY, 'delete', { documentId })).rejects.toThrow(
      /Des produits sont dans cette catégorie/,
    );

    for (const { reference } of await shop.query(
      `select key as reference from catalogue_entries where kind = 'product' and locale = 'fr' and body ->> 'category' = $1`,
      [key],
    )) {
      const product = await shop.idOf(PRODUCT, String(reference));
      await shop.document(PRODUCT, 'update', {
        documentId: product,
        locale: 'fr',
        data: { category: null },
      });
      await shop.document(PRODUCT, 'publish', { documentId: product, locale: '*' });
    }
    await shop.document(CATEGORY, 'delete', { documentId });

    expect(await shop.body('category', String(key), 'fr')).toBeNull();
    expect(
      await shop.query(
        `select 1 from catalogue_entries where kind = 'product' and body ->> 'category' = $1`,
        [key],
      ),
    ).toEqual([]);
  });

  test('settings and pages', async () => {
    const settings = (await shop.document(SETTINGS, 'findFirst', {})) as { documentId: string };
    await shop.document(SETTINGS, 'update', {
      documentId: settings.documentId,
      data: { noticeFr: 'Atelier fermé lundi', open: false },
    });

    expect(await shop.body('settings', 'shop', 'fr')).toMatchObject({
      notice: 'Atelier fermé lundi',
      open: false,
    });

    const documentId = await shop.idOf(PAGE, 'about');
    await shop.document(PAGE, 'update', {
      documentId,
      locale: 'en',
      data: { title: 'The studio' },
    });
    await shop.document(PAGE, 'publish', { documentId, locale: 'en' });

    expect(await shop.body('page', 'about', 'en')).toMatchObject({ title: 'The studio' });

    await shop.document(PAGE, 'unpublish', { documentId, locale: 'fr' });
    expect(await shop.body('page', 'about', 'en')).toBeNull();
  });

  test('a picture file replaced shows its new content; the last one cannot be deleted', async () => {
    const [main = 0, detail = 0] = await pictureIds('ah-005');
    const before = (await shop.body('product', 'ah-005', 'fr')) as { pictures: { hash: string }[] };
    await shop.replacePicture(main, join(ROOT, 'infra/seed/images/ah-006-main.png'));
    const after = (await shop.body('product', 'ah-005', 'fr')) as { pictures: { hash: string }[] };

    expect(after.pictures[0]?.hash).not.toBe(before.pictures[0]?.hash);

    await shop.service('upload', 'upload', 'remove', { id: detail, ...(await fileRow(detail)) });
    expect(await shop.body('product', 'ah-005', 'fr')).toMatchObject({
      pictures: [{ hash: after.pictures[0]?.hash }],
    });
    await expect(
      shop.service('upload', 'upload', 'remove', { id: main, ...(await fileRow(main)) }),
    ).rejects.toThrow(/dépubliez/);
    expect(await shop.query('select 1 from files where id = $1', [main])).toHaveLength(1);
  });

  test('stock adjusted to low, to nothing and back', async () => {
    const [{ sku } = {}] = await shop.query(
      `select sku from catalogue_skus where reference = 'ah-007' limit 1`,
    );
    const [{ on_hand: onHand } = {}] = await shop.query(
      'select on_hand from stock_levels where sku = $1',
      [sku],
    );
    for (const [delta, told] of [
      [2 - Number(onHand), { state: 'low', left: 2 }],
      [-1, { state: 'low', left: 1 }],
      [-1, { state: 'out' }],
      [40, { state: 'in' }],
    ] as const) {
      await shop.adjust(String(sku), delta);
      expect(await shop.body('availability', String(sku), '*')).toEqual(told);
    }

    expect(await shop.service('commerce', 'stock', 'unbalancedSkus')).toEqual([]);
  });
});

const fileRow = async (id: number): Promise<Record<string, unknown>> =>
  (await shop.query('select hash, ext, provider, mime, name from files where id = $1', [id]))[0] ??
  {};

describe('together and undone', () => {
  let before: number;
  beforeEach(async () => {
    before = await shop.version();
  });

  test('two editors publishing at once: both are right, versions follow each other', async () => {
    const ids = await Promise.all(
      ['ah-001', 'ah-002', 'ah-006'].map((reference) => shop.idOf(PRODUCT, reference)),
    );
    await Promise.all(
      ids.map((documentId, index) =>
        shop.document(PRODUCT, 'update', {
          documentId,
          locale: 'fr',
          data: { tagline: `ensemble ${index}` },
        }),
      ),
    );
    await Promise.all([...ids, ...ids].map((documentId) => publish(documentId)));

    expect(await shop.version()).toBe(before + 3);
    expect(await shop.body('product', 'ah-006', 'fr')).toMatchObject({ tagline: 'ensemble 2' });
  });

  test('two products that want the same SKU at once: one gets it', async () => {
    const made = await Promise.all(
      ['zz-001', 'zz-002'].map((reference) => newProduct(reference, 'zz-shared')),
    );
    const outcomes = await Promise.allSettled(made.map((documentId) => publish(documentId)));

    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await shop.query(`select 1 from catalogue_skus where sku = 'zz-shared'`)).toHaveLength(
      1,
    );
    expect(await shop.query(`select on_hand from stock_levels where sku = 'zz-shared'`)).toEqual([
      { on_hand: 0 },
    ]);
    expect(await shop.body('availability', 'zz-shared', '*')).toEqual({ state: 'out' });
  });

  test('a publish that rolls back leaves nothing', async () => {
    const documentId = await shop.idOf(PRODUCT, 'ah-001');
    await shop.document(PRODUCT, 'update', {
      documentId,
      locale: 'fr',
      data: { tagline: 'jamais vu' },
    });

    await expect(shop.failing(PRODUCT, 'publish', { documentId, locale: 'fr' })).rejects.toThrow(
      /on purpose/,
    );
    expect(await shop.version()).toBe(before);
    expect((await shop.body('product', 'ah-001', 'fr'))?.['tagline']).not.toBe('jamais vu');
  });

  test('a new epoch keeps the rows and changes the version', async () => {
    const [{ epoch } = {}] = await shop.query('select epoch from catalogue_version');
    expect(await shop.service('catalogue', 'catalogue', 'newEpoch')).toMatch(/^[a-z0-9]{8}\.\d+$/);
    expect((await shop.query('select epoch from catalogue_version'))[0]?.['epoch']).not.toBe(epoch);
  });
});

async function newProduct(reference: string, sku: string): Promise<string> {
  const [media = 0] = await pictureIds('ah-001');
  const shared = {
    reference,
    pictures: [{ media, altFr: 'Une pièce', altEn: 'A piece' }],
    variants: [{ sku, labelFr: '', labelEn: '', price: 1000, vatRate: 2000, weight: 100 }],
  };
  const { documentId } = (await shop.document(PRODUCT, 'create', {
    locale: 'fr',
    data: { ...shared, name: `Pièce ${reference}` },
  })) as { documentId: string };
  await shop.document(PRODUCT, 'update', {
    documentId,
    locale: 'en',
    data: { name: `Piece ${reference}` },
  });
  return documentId;
}

test('rebuild corrects what was altered behind its back and says so', async () => {
  await shop.query(
    `update catalogue_entries set body = jsonb_set(body, '{name}', '"faux"') where kind = 'product' and key = 'ah-001' and locale = 'fr'`,
  );
  await shop.query(
    `delete from catalogue_entries where kind = 'product' and key = 'ah-002' and locale = 'fr'`,
  );
  await shop.query(
    `insert into catalogue_entries (kind, key, locale, body) values ('page', 'fantome', 'fr', '{}')`,
  );
  await shop.query(`delete from catalogue_skus where reference = 'ah-006'`);
  const report = (await shop.service('catalogue', 'catalogue', 'rebuild')) as {
    drift: { id: { key: string }; was: string }[];
  };

  expect(report.drift.map(({ id, was }) => `${id.key} ${was}`).sort()).toEqual([
    'ah-001 stale',
    'ah-002 missing',
    'fantome extra',
  ]);
  expect(await shop.query(`select 1 from catalogue_skus where reference = 'ah-006'`)).not.toEqual(
    [],
  );
});
