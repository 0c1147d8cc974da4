import { apiPaths, failure } from '@comptoir/contracts';

import type { Inbox, StoredMail } from '../../adapters/local-inbox.ts';
import { CSP, listPage, mailPage } from './inbox-page.ts';

export interface Exchange {
  params: Record<string, string>;
  ip: string;
  hostname: string;
  status: number;
  body: unknown;
  set(headers: Record<string, string>): void;
}

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': CSP,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex',
};

/**
 * A mail that opens the admin is shown on the shop's own machine only: a visitor of a demo must not
 * become its administrator.
 */
function isHidden({ kind }: StoredMail, { ip, hostname }: Exchange): boolean {
  const local =
    /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/.test(ip) &&
    /^(?:localhost|127\.0\.0\.1|\[?::1\]?|.+\.localhost)$/.test(hostname);
  return kind.startsWith('staff-') && !local;
}

function notFound(ctx: Exchange, message: string): void {
  ctx.status = 404;
  ctx.body = failure(404, message);
}

/**
 * The demo's inbox as two pages; `inbox` is null where mails really leave (or wait), and then there
 * is nothing here.
 */
export const inboxController = (inbox: () => Inbox | null) => () => ({
  /** `GET /api/courrier`. */
  async list(ctx: Exchange): Promise<void> {
    const opened = inbox();
    if (opened === null) return notFound(ctx, 'Not found.');
    ctx.set(HEADERS);
    const all = await opened.list();
    const shown = all.filter((mail) => !isHidden(mail, ctx));
    ctx.body = listPage(shown, all.length - shown.length, apiPaths.mails);
  },
  /** `GET /api/courrier/:key`. */
  async show(ctx: Exchange): Promise<void> {
    const mail = await inbox()?.read(ctx.params['key'] ?? '');
    if (!mail || isHidden(mail, ctx))
      return notFound(
        ctx,
        'No such mail here. The messages of the shop’s staff are shown on its own machine only (localhost), or read them in DATA_DIR/mail.',
      );
    ctx.set(HEADERS);
    ctx.body = mailPage(mail, apiPaths.mails);
  },
});
