import type { Core } from '@strapi/strapi';
import { z } from 'zod';
import { failure, type Locale, localeSchema, type Preview } from '@comptoir/contracts';

import { draftSchema, toPreview } from './preview-draft.ts';
import { PREVIEW_LIFETIME, signPreview, verifyPreview } from './preview-token.ts';

/** What a controller needs of Koa's context. */
export interface ControllerContext {
  params: Record<string, string>;
  query: Record<string, unknown>;
  request: { body?: unknown };
  status: number;
  body: unknown;
  set(name: string, value: string): void;
}

/** Where links lead and what signs them; addresses without a trailing slash. */
interface PreviewSettings {
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

function refuse(ctx: ControllerContext, status: number, message: string): void {
  ctx.status = status;
  ctx.body = failure(status, message);
}

/** Answers with a signed link to the draft of one product in one language. */
async function answerLink(
  strapi: Core.Strapi,
  { settings }: PreviewPorts,
  ctx: ControllerContext,
): Promise<void> {
  const request = linkSchema.safeParse(ctx.request.body);
  if (!request.success)
    return refuse(ctx, 400, 'Un aperçu demande la fiche (documentId) et la langue (fr ou en).');
  const { documentId, locale } = request.data;
  if (!(await findDraft(strapi, documentId, locale)))
    return refuse(ctx, 404, 'Cette fiche n’existe pas dans cette langue : enregistrez-la d’abord.');

  const { secret, siteUrl } = settings();
  const expiresAt = new Date(Date.now() + PREVIEW_LIFETIME * 1000);
  const token = signPreview({ documentId, locale, expiresAt }, secret);
  ctx.body = {
    data: { url: `${siteUrl}/apercu/${token}`, expiresAt: expiresAt.toISOString() },
  };
}

const REFUSED_LINKS = {
  forged: {
    status: 404,
    message:
      'Ce lien d’aperçu n’est pas valable. Ouvrez un nouvel aperçu depuis la fiche du produit.',
  },
  expired: {
    status: 410,
    message: 'Ce lien d’aperçu a expiré. Ouvrez un nouvel aperçu depuis la fiche du produit.',
  },
} as const;

/** Answers with the draft that a link opens; the answer is never cached. */
async function answerDraft(
  strapi: Core.Strapi,
  { settings, missing }: PreviewPorts,
  ctx: ControllerContext,
): Promise<void> {
  ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Robots-Tag', 'noindex');
  const { secret, apiUrl } = settings();
  const verdict = verifyPreview(ctx.params['token'] ?? '', secret, new Date());
  if (!verdict.ok) {
    const { status, message } = REFUSED_LINKS[verdict.reason];
    return refuse(ctx, status, message);
  }

  const { documentId, locale, expiresAt } = verdict.claims;
  const found = await findDraft(strapi, documentId, locale);
  if (!found) return refuse(ctx, 404, 'Cette fiche n’existe plus.');
  const draft = draftSchema.parse(found);
  const data = toPreview(draft, locale, apiUrl, await missing(strapi, documentId, locale));
  ctx.body = { data, expiresAt: expiresAt.toISOString() } satisfies Preview;
}

/**
 * Controller of preview links (for staff) and of the draft they open (for anyone with the link).
 */
export const previewController =
  (ports: PreviewPorts) =>
  ({ strapi }: { strapi: Core.Strapi }) => ({
    /** `POST /catalogue/preview-link {documentId, locale}` → `{data: {url, expiresAt}}`. */
    link: (ctx: ControllerContext): Promise<void> => answerLink(strapi, ports, ctx),

    /** `GET /api/apercu/:token` → the draft; 404 for a forged link, 410 for an expired one. */
    show: (ctx: ControllerContext): Promise<void> => answerDraft(strapi, ports, ctx),
  });
