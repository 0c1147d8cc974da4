import { randomBytes } from 'node:crypto';
import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { prepared, type Preparing, type Sql } from '@comptoir/database';

import { availabilityOf } from '../../../../catalogue/domain/availability.ts';
import type { CatalogueService } from '../../../../catalogue/server/src/index.ts';
import { cataloguePrices } from '../../../adapters/catalogue-prices.ts';
import { ordersSql } from '../../../adapters/orders-sql.ts';
import { promotionsSql } from '../../../adapters/promotions-sql.ts';
import { reservations, type ShowLevel } from '../../../adapters/reservations.ts';
import type { Links, OrderMailMessage, Prices, Unit } from '../../../domain/order-ports.ts';
import { signOrderToken, verifyOrderToken } from '../../../domain/order-token.ts';
import type { Payments } from '../../../domain/payments-port.ts';
import { lowStockMail } from '../../../usecases/low-stock.ts';
import type { PlacePorts } from '../../../usecases/place-order.ts';

type Transaction = Parameters<CatalogueService['writeAvailability']>[0];
/** What another plugin puts in the outbox, in the caller's transaction. */
export type Enqueue = (sql: Sql, mail: OrderMailMessage) => Promise<unknown>;
/**
 * What the stripe and mailer plugins register; until then the checkout is closed and mails are not
 * written.
 */
export interface Provided {
  payments: Payments;
  enqueue: Enqueue;
}

export const settingsSchema = z.object({
  orderLinkSecret: z.string().min(16),
  clientAddressSecret: z.string().min(16),
  siteUrl: z.string(),
  apiUrl: z.string(),
});
export type Settings = z.infer<typeof settingsSchema>;

const closed = (): never => {
  throw new Error('No payment provider: the checkout is closed and asks for nothing');
};
/** The shop before any payment provider is registered. */
export const NO_PAYMENTS: Payments = {
  available: () => ({ ok: false, reason: 'no-keys' }),
  open: closed,
  find: closed,
  read: closed,
  expire: closed,
  refund: closed,
};

/** Pages of an order, with the token that opens it. */
const linksOf = ({ siteUrl, apiUrl }: Settings, tokenOf: (number: string) => string): Links => ({
  order: (number, locale) =>
    `${siteUrl}${locale === 'fr' ? '/commande/' : '/en/order/'}${number}?token=${tokenOf(number)}`,
  staff: (number) => `${apiUrl}/admin/plugins/commerce/orders/${number}`,
});

/** Prices of a shop that is open only while it can be paid. */
const payable = (prices: Prices, provided: Provided): Prices => ({
  ...prices,
  async settings(locale) {
    const settings = await prices.settings(locale);
    return { ...settings, open: settings.open && provided.payments.available().ok };
  },
});

/** Everything on one connection; `show` needs one in a transaction. */
export function unitOn(connection: Preparing, provided: Provided, show: ShowLevel): Unit {
  const sql = prepared(connection);
  return {
    orders: ordersSql(sql),
    promotions: promotionsSql(sql),
    prices: payable(cataloguePrices(sql), provided),
    stock: reservations(sql, show),
    mails: {
      enqueue: async (mail) => {
        await provided.enqueue(sql, mail);
      },
    },
  };
}

/**
 * Tells shoppers of a level whose state for them changed, and staff when it became rare, whatever
 * took the pieces.
 */
export const showLevel =
  (strapi: Core.Strapi, { apiUrl }: Settings, provided: Provided) =>
  (trx: Transaction): ShowLevel =>
  async (level, before) => {
    const catalogue: CatalogueService = strapi.plugin('catalogue').service('catalogue');
    await catalogue.writeAvailability(trx, level);
    // Of each rare piece less shoppers are told, the shop only of the first.
    if (availabilityOf(level) === availabilityOf(before)) return;
    const mail = await lowStockMail(cataloguePrices(trx), level, before, {
      now: new Date(),
      url: `${apiUrl}/admin/plugins/commerce/stock`,
    });
    if (mail) await provided.enqueue(trx, mail);
  };

/** Stripe's errors by their type and code: its words may quote what a buyer typed. */
const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (!('type' in error)) return error.message;
  return [error.type, 'code' in error ? error.code : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
};

/**
 * The use cases' ports on Strapi's own database. Payments and mails are looked up at each use: they
 * may be registered later.
 */
export function shopPorts(strapi: Core.Strapi, settings: Settings, provided: Provided): PlacePorts {
  const tokenOf = (number: string): string => signOrderToken(number, settings.orderLinkSecret);
  return {
    inTransaction: (work) =>
      strapi.db.connection.transaction((trx) =>
        work(unitOn(trx, provided, showLevel(strapi, settings, provided)(trx))),
      ),
    get payments() {
      return provided.payments;
    },
    openings: new Map(),
    onItemError: (number, error) => {
      strapi.log.warn(
        `order ${number} failed in a scheduled job and waits for its next run: ${wordsOf(error)}`,
      );
    },
    now: () => new Date(),
    random: randomBytes,
    links: linksOf(settings, tokenOf),
    tokenOf,
    tokenFits: (number, token) => verifyOrderToken(number, token, settings.orderLinkSecret),
  };
}
