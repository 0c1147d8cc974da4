import type { Core } from '@strapi/strapi';
import { z } from 'zod';

import { showsOtherwise } from '../../../catalogue/domain/availability.ts';
import type { StockPort } from '../../../catalogue/server/src/stock-port.ts';
import { readMovements, setThreshold } from '../../adapters/stock-ledger-sql.ts';
import type { Level, Moved, Movement } from '../../domain/movement.ts';
import { ledgerWord } from '../../domain/reasons.ts';
import { countSchema, type StockHistoryRow, thresholdSchema } from '../../domain/staff-stock.ts';
import { storable } from '../../domain/storable-text.ts';
import type { Count } from '../../usecases/adjust-stock.ts';
import {
  accept,
  actorOf,
  refuse,
  type StaffExchange,
  staffRoute,
  wordIn,
} from './staff/admin-request.ts';
import { stockList } from './stock-list.ts';

type Transaction = Parameters<StockPort['adjust']>[0];
/** Changes of stock inside one transaction. */
export type StockChanges = (trx: Transaction) => {
  adjust(movement: Movement): Promise<Moved>;
  count(count: Count): Promise<Moved>;
};
type ShowAvailabilityIn = (trx: Transaction, level: Level) => Promise<void>;

const askedSchema = z.object({
  delta: z
    .int()
    .min(-1_000_000)
    .max(1_000_000)
    .refine((delta) => delta !== 0),
  reason: storable(z.string().trim().min(1).max(200)),
  request: storable(z.string().min(8).max(100)).optional(),
});

const pageSchema = z.object({ page: z.coerce.number().int().min(1).max(100_000).default(1) });
const HISTORY_PAGE = 20;

function answer(ctx: StaffExchange, sku: string, outcome: Moved): void {
  if (outcome.ok) ctx.body = { data: outcome.level };
  else if (outcome.reason === 'unknown-sku') refuse(ctx, 404, unknown(sku));
  else if (outcome.reason === 'request-taken')
    refuse(
      ctx,
      409,
      'Un autre changement a déjà été enregistré par cette demande : fermez, et vérifiez le stock avant de recommencer.',
    );
  else refuse(ctx, 409, 'Le stock ne peut pas passer sous ce que des commandes ont réservé.');
}

const unknown = (sku: string): string =>
  `Aucun stock pour le SKU « ${sku} » : publiez d’abord le produit qui le vend.`;

async function history(ctx: StaffExchange, strapi: Core.Strapi): Promise<void> {
  const asked = accept(ctx, pageSchema, ctx.query);
  if (!asked) return;
  const { rows, total } = await readMovements(
    strapi.db.connection,
    wordIn(ctx, 'sku'),
    asked.page,
    HISTORY_PAGE,
  );
  const data = rows.map(({ at, reason, actor, ...row }): StockHistoryRow => ({
    ...row,
    at: at.toISOString(),
    reason: ledgerWord(reason),
    actor: ledgerWord(actor),
  }));
  ctx.body = { data, meta: { page: asked.page, pageSize: HISTORY_PAGE, total } };
}

async function threshold(
  ctx: StaffExchange,
  strapi: Core.Strapi,
  showLevel: ShowAvailabilityIn,
): Promise<void> {
  const asked = accept(ctx, thresholdSchema, ctx.request.body);
  if (!asked) return;
  const sku = wordIn(ctx, 'sku');
  const level = await strapi.db.transaction(async ({ trx }) => {
    const before = await setThreshold(trx, sku, asked.lowThreshold);
    if (!before) return null;
    const after = { ...before, ...asked };
    if (showsOtherwise(before, after)) await showLevel(trx, after);
    return after;
  });
  if (level) ctx.body = { data: level };
  else refuse(ctx, 404, unknown(sku));
}

/** The stock page's routes. `showLevel` tells shoppers, in the same transaction. */
export const stockController =
  (stockChanges: StockChanges, showLevel: ShowAvailabilityIn) =>
  ({ strapi }: { strapi: Core.Strapi }) => ({
    /** `GET /commerce/stock` → `{data: StockLine[]}`. */
    async list(ctx: StaffExchange): Promise<void> {
      ctx.body = { data: await stockList(strapi.db.connection) };
    },
    /**
     * `POST /commerce/stock/:sku/movements {delta, reason, request?}` → the new level, once for
     * each `request`; 404 unknown SKU, 409 when orders hold the pieces.
     */
    async move(ctx: StaffExchange): Promise<void> {
      const asked = askedSchema.safeParse(ctx.request.body);
      if (!asked.success)
        return refuse(
          ctx,
          400,
          'Indiquez une quantité entière différente de zéro (delta), un motif (reason) de 200 caractères au plus et, si elle est donnée, une demande (request) de 8 à 100 caractères.',
        );
      const sku = wordIn(ctx, 'sku');
      const actor = actorOf(ctx);
      answer(
        ctx,
        sku,
        await strapi.db.transaction(({ trx }) =>
          stockChanges(trx).adjust({ ...asked.data, sku, actor }),
        ),
      );
    },
    /**
     * `POST /commerce/stock/:sku/counts {counted, request}` → the new level; refusals as of a
     * movement.
     */
    async count(ctx: StaffExchange): Promise<void> {
      const asked = accept(ctx, countSchema, ctx.request.body);
      if (!asked) return;
      const sku = wordIn(ctx, 'sku');
      answer(
        ctx,
        sku,
        await strapi.db.transaction(({ trx }) =>
          stockChanges(trx).count({ ...asked, sku, actor: actorOf(ctx) }),
        ),
      );
    },
    /** `GET /commerce/stock/:sku/movements?page=` → {@link StockHistoryRow}s. */
    history: (ctx: StaffExchange): Promise<void> => history(ctx, strapi),
    /** `PUT /commerce/stock/:sku/threshold {lowThreshold}` → the level. */
    threshold: (ctx: StaffExchange): Promise<void> => threshold(ctx, strapi, showLevel),
  });

export const stockRoutes = [
  staffRoute('stock.read', 'GET', '/stock', 'stock.list'),
  staffRoute('stock.read', 'GET', '/stock/:sku/movements', 'stock.history'),
  staffRoute('stock.adjust', 'POST', '/stock/:sku/movements', 'stock.move'),
  staffRoute('stock.adjust', 'POST', '/stock/:sku/counts', 'stock.count'),
  staffRoute('stock.adjust', 'PUT', '/stock/:sku/threshold', 'stock.threshold'),
];
