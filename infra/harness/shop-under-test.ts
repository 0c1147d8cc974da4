import pg from 'pg';
import { z } from 'zod';

import { startStrapiChannel, type StrapiChannel } from './strapi-channel.ts';

export const PRODUCT = 'api::product.product';
export const CATEGORY = 'api::category.category';
export const PAGE = 'api::page.page';
export const SETTINGS = 'api::shop-settings.shop-settings';

const documentSchema = z.looseObject({ documentId: z.string(), locale: z.string().nullish() });
const reportSchema = z.object({
  entries: z.int(),
  problems: z.array(z.string()),
  drift: z.array(z.unknown()),
});

/** A real Strapi on a copy of the seeded shop, with eyes on the read model. Tests only. */
export interface ShopUnderTest extends StrapiChannel {
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Body of an entry; null = withdrawn, undefined = never there. */
  body(
    kind: string,
    key: string,
    locale: string,
  ): Promise<Record<string, unknown> | null | undefined>;
  version(): Promise<number>;
  /** Document id of a product by reference, a category or page by key. */
  idOf(uid: string, key: string): Promise<string>;
  draft(documentId: string, locale?: string): Promise<Record<string, unknown>>;
  /** What a rebuild would change; writes nothing. */
  drift(): Promise<z.infer<typeof reportSchema>>;
}

const bodySchema = z.record(z.string(), z.unknown()).nullable();

export async function startShopUnderTest(): Promise<ShopUnderTest> {
  const channel = await startStrapiChannel();
  const client = new pg.Client({ connectionString: channel.databaseUrl });
  await client.connect();
  const query = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
    (await client.query(sql, values)).rows;
  return {
    ...channel,
    query,
    async body(kind, key, locale) {
      const [row] = await query(
        'select body from catalogue_entries where kind = $1 and key = $2 and locale = $3',
        [kind, key, locale],
      );
      return row && bodySchema.parse(row['body']);
    },
    version: async () => Number((await query('select n from catalogue_version'))[0]?.['n']),
    async idOf(uid, key) {
      const field = uid === PRODUCT ? 'reference' : 'key';
      return documentSchema.parse(
        await channel.document(uid, 'findFirst', { filters: { [field]: key } }),
      ).documentId;
    },
    draft: async (documentId, locale = 'fr') =>
      documentSchema.parse(
        await channel.document(PRODUCT, 'findOne', {
          documentId,
          locale,
          populate: { pictures: { populate: { media: true } }, variants: true },
        }),
      ),
    drift: async () =>
      reportSchema.parse(await channel.service('catalogue', 'catalogue', 'rebuild', false)),
    stop: async () => {
      await client.end();
      await channel.stop();
    },
  };
}
