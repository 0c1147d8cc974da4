import type { Core } from '@strapi/strapi';

import { promotionCodesSql } from '../../../adapters/promotion-codes-sql.ts';
import { promotionNameSchema, promotionTermsSchema } from '../../../domain/staff-promotions.ts';
import { accept, refuse, type StaffExchange, staffRoute, wordIn } from './admin-request.ts';

const named = (path: string, message: string) => ({ errors: [{ path: [path], message }] });
const UNKNOWN = 'Ce code n’existe plus : rechargez la page.';

type Codes = ReturnType<typeof promotionCodesSql>;

async function create(ctx: StaffExchange, codes: Codes): Promise<void> {
  const body = ctx.request.body;
  const code = accept(
    ctx,
    promotionNameSchema,
    body && typeof body === 'object' && 'code' in body ? body.code : '',
  );
  const terms = code === null ? null : accept(ctx, promotionTermsSchema, body);
  if (code === null || terms === null) return;
  if (!(await codes.insert(code, terms)))
    return refuse(
      ctx,
      409,
      `Le code ${code} existe déjà : choisissez un autre nom.`,
      named('code', 'ce code existe déjà'),
    );
  ctx.status = 201;
  ctx.body = { data: await codes.find(code) };
}

async function update(ctx: StaffExchange, codes: Codes): Promise<void> {
  const code = wordIn(ctx, 'code');
  const terms = accept(ctx, promotionTermsSchema, ctx.request.body);
  if (!terms) return;
  const updated = await codes.update(code, terms);
  const now = await codes.find(code);
  if (!now) return refuse(ctx, 404, UNKNOWN);
  if (!updated)
    return refuse(
      ctx,
      409,
      `Ce code a déjà servi ${now.used} fois : la limite ne peut pas être plus basse.`,
      named('usageLimit', `déjà utilisé ${now.used} fois`),
    );
  ctx.body = { data: now };
}

/** The promotion codes' page. */
export const promotionController = ({ strapi }: { strapi: Core.Strapi }) => {
  const codes = () => promotionCodesSql(strapi.db.connection);
  return {
    async list(ctx: StaffExchange): Promise<void> {
      ctx.body = { data: await codes().list() };
    },
    create: (ctx: StaffExchange): Promise<void> => create(ctx, codes()),
    update: (ctx: StaffExchange): Promise<void> => update(ctx, codes()),
    async remove(ctx: StaffExchange): Promise<void> {
      const code = wordIn(ctx, 'code');
      if (await codes().remove(code)) {
        ctx.body = { data: null };
        return;
      }
      if (await codes().find(code))
        return refuse(
          ctx,
          409,
          'Des commandes utilisent ce code : donnez-lui une date de fin au lieu de le supprimer.',
        );
      refuse(ctx, 404, UNKNOWN);
    },
  };
};

export const promotionRoutes = [
  staffRoute('promotions.manage', 'GET', '/promotions', 'promotions.list'),
  staffRoute('promotions.manage', 'POST', '/promotions', 'promotions.create'),
  staffRoute('promotions.manage', 'PUT', '/promotions/:code', 'promotions.update'),
  staffRoute('promotions.manage', 'DELETE', '/promotions/:code', 'promotions.remove'),
];
