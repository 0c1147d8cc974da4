import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { failure, type Locale, localeSchema, type Preview } from '@comptoir/contracts';

import { draftSchema, toPreview } from './draft.ts';
import { PREVIEW_LIFETIME, signPreview, verifyPreview } from './token.ts';

/** What a controller needs of Koa's context. */
export interface Exchange {
  params: Record<string, string>;
  query: Record<string, unknown>;
  request: { body?: unknown };
  status: number;
  body: unknown;
  set(name: string, value: string): void;
}

/** Where links lead and what signs them; addresses without a trailing slash. */
export interface PreviewSettings {
  secret: string;
  siteUrl: string;
  apiUrl: string;
}
export interface PreviewPorts {
  settings(): PreviewSettings;
  /** What would refuse a publish today, in the merchant's words. */
  missing(strapi: Core.Strapi, documentId: string, locale: Locale): Promise<string[]>;
}

const PRODUCT = 'api::product.product';
const linkSchema = z.object({
  documentId: z.string().min(1).max(64),
  locale: localeSchema.default('fr'),
});

const findDraft = (strapi: Core.Strapi, documentId: string, locale: Locale): Promise<unknown> =>
  strapi.documents(PRODUCT).findOne({
    documentId,
    locale,
    status: 'draft',
    populate: { pictures: { populate: ['media'] }, variants: true, category: true, seo: true },
  });

function refuse(ctx: Exchange, status: number, message: string): void {
  ctx.status = status;
  ctx.body = failure(status, message);
}

/** Controller of preview links (staff) and of the draft they open (whoever holds the link). */
export const previewController =
  ({ settings, missing }: PreviewPorts) =>
  ({ strapi }: { strapi: Core.Strapi }) => ({
    /** `POST /catalogue/preview-link {documentId, locale}` → `{data: {url, expiresAt}}`. */
    async link(ctx: Exchange): Promise<void> {
      const asked = linkSchema.safeParse(ctx.request.body);
      if (!asked.success)
        return refuse(ctx, 400, 'Un aperçu demande la fiche (documentId) et la langue (fr ou en).');
      const { documentId, locale } = asked.data;
      if (!(await findDraft(strapi, documentId, locale)))
        return refuse(
          ctx,
          404,
          'Cette fiche n’existe pas dans cette langue : enregistrez-la d’abord.',
        );
      const { secret, siteUrl } = settings();
      const expiresAt = new Date(Date.now() + PREVIEW_LIFETIME * 1000);
      ctx.body = {
        data: {
          url: `${siteUrl}/apercu/${signPreview({ documentId, locale, expiresAt }, secret)}`,
          expiresAt: expiresAt.toISOString(),
        },
      };
    },

    /** `GET /api/apercu/:token` → the draft, never cached; 404 for a forged link, 410 for an expired one. */
    async show(ctx: Exchange): Promise<void> {
      ctx.set('Cache-Control', 'no-store');
      ctx.set('X-Robots-Tag', 'noindex');
      const { secret, apiUrl } = settings();
      const verdict = verifyPreview(ctx.params['token'] ?? '', secret, new Date());
      if (!verdict.ok) {
        if (verdict.reason === 'forged')
          return refuse(
            ctx,
            404,
            'Ce lien d’aperçu n’est pas valable. Ouvrez un nouvel aperçu depuis la fiche du produit.',
          );
        return refuse(
          ctx,
          410,
          'Ce lien d’aperçu a expiré. Ouvrez un nouvel aperçu depuis la fiche du produit.',
        );
      }
      const { documentId, locale, expiresAt } = verdict.claims;
      const found = await findDraft(strapi, documentId, locale);
      if (!found) return refuse(ctx, 404, 'Cette fiche n’existe plus.');
      const data = toPreview(
        draftSchema.parse(found),
        locale,
        apiUrl,
        await missing(strapi, documentId, locale),
      );
      ctx.body = { data, expiresAt: expiresAt.toISOString() } satisfies Preview;
    },
  });
