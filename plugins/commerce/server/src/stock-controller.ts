import { failure } from '@comptoir/contracts';
import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import type { StockPort } from '../../../catalogue/server/src/ports.ts';
import { stockList } from './stock-list.ts';

export interface Exchange { params: Record<string, string>; request: { body?: unknown }; state: { user?: { email?: string } }; status: number; body: unknown }
const askedSchema = z.object({ delta: z.int().min(-1_000_000).max(1_000_000).refine((delta) => delta !== 0), reason: z.string().trim().min(1).max(200) });

function refuse(ctx: Exchange, status: number, message: string): void {
  ctx.status = status;
  ctx.body = failure(status, message);
}

/** The stock page's two routes. */
export const stockController = (port: StockPort) => ({ strapi }: { strapi: Core.Strapi }) => ({
  /** `GET /commerce/stock` → `{data: StockLine[]}`. */
  async list(ctx: Exchange): Promise<void> {
    ctx.body = { data: await stockList(strapi.db.connection) };
  },
  /** `POST /commerce/stock/:sku/movements {delta, reason}` → the new level; 404 unknown SKU, 409 when orders hold the pieces. */
  async move(ctx: Exchange): Promise<void> {
    const asked = askedSchema.safeParse(ctx.request.body);
    if (!asked.success) return refuse(ctx, 400, 'Indiquez une quantité entière différente de zéro (delta) et un motif (reason) de 200 caractères au plus.');
    const sku = ctx.params['sku'] ?? '';
    const actor = ctx.state.user?.email ?? 'staff';
    const outcome = await strapi.db.transaction(({ trx }) => port.adjust(trx, { ...asked.data, sku, actor }));
    if (outcome.ok) { ctx.body = { data: outcome.level }; return; }
    if (outcome.reason === 'unknown-sku') return refuse(ctx, 404, `Aucun stock pour le SKU « ${sku} » : publiez d’abord le produit qui le vend.`);
    return refuse(ctx, 409, 'Le stock ne peut pas passer sous ce que des commandes ont réservé.');
  },
});
