import { z } from 'zod';
import { settingsBodySchema } from '@comptoir/contracts';
import { rows, type Sql } from '@comptoir/database';

import type { Shop } from '../domain/message.ts';

/** As text: Strapi's connection hands jsonb over unread, others read it. */
const settingsSchema = z.object({
  body: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(settingsBodySchema),
});

const nameless = (siteUrl: string): Shop => ({
  name: new URL(siteUrl).hostname,
  address: [],
  email: '',
  phone: '',
  siteUrl,
});

/**
 * The shop as its published settings describe it; a shop without settings is called by its host.
 */
export async function readShop(sql: Sql, locale: string, siteUrl: string): Promise<Shop> {
  const [row] = await rows(
    sql,
    settingsSchema,
    `select body::text as body from catalogue_entries where kind = 'settings' and key = 'shop' and locale = ? and body is not null`,
    [locale],
  );
  if (row === undefined) return nameless(siteUrl);
  const { name, address, email, phone } = row.body;
  return {
    name,
    email,
    phone,
    siteUrl,
    address: [
      address.street,
      `${address.postalCode} ${address.city}`.trim(),
      address.country,
    ].filter((part) => part !== ''),
  };
}
