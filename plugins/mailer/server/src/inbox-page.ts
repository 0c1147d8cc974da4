import type { StoredMail } from '../../adapters/local-inbox.ts';
import { escape } from '../../templates/mail-text.ts';

const STYLE = `body{margin:0 auto;max-width:60rem;padding:2rem 1rem;background:#f5f0e6;color:#2a2620;font:16px/1.6 system-ui,sans-serif}
h1{font:1.8rem/1.2 Georgia,serif}table{width:100%;border-collapse:collapse}td,th{padding:.5rem .75rem .5rem 0;border-top:1px solid #d9cebb;text-align:left;vertical-align:top}
a{color:#93452c}small,dt{color:#5f5649}dl{display:grid;grid-template-columns:auto 1fr;gap:.2rem 1rem}dd{margin:0}
iframe{width:100%;height:70vh;border:1px solid #d9cebb;background:#fff}pre{white-space:pre-wrap;border:1px solid #d9cebb;background:#fffdf8;padding:1rem}`;

/** No script runs on these pages, nothing is fetched, and no other page may frame them. */
export const CSP =
  "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'none'; frame-ancestors 'none'";

const page = (title: string, body: string): string =>
  `<!doctype html>\n<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${escape(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>\n`;
const when = (at: string): string =>
  new Intl.DateTimeFormat('fr-FR', {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'Europe/Paris',
  }).format(new Date(at));

/**
 * The list of mails, newest first. `hidden` of them are for the shop's own machine; `path` is the
 * list's own address.
 */
export function listPage(mails: readonly StoredMail[], hidden: number, path: string): string {
  const rows = mails.map(
    ({ key, at, to, subject }) =>
      `<tr><td><a href="${escape(`${path}/${key}`)}">${escape(subject)}</a></td><td>${escape(to)}</td><td><small>${escape(when(at))}</small></td></tr>`,
  );
  const table =
    rows.length === 0
      ? '<p>Aucun message pour l’instant.</p>'
      : `<table><thead><tr><th>Objet</th><th>Pour</th><th>Quand</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return page(
    'Courrier',
    `<main><h1>Courrier</h1><p><small>Boutique de démonstration sans serveur de messagerie : les messages arrivent ici et ne partent pas.</small></p>${table}${hidden > 0 ? `<p><small>${hidden} message(s) pour l’équipe ne se lisent que depuis la machine de la boutique (localhost).</small></p>` : ''}</main>`,
  );
}

/** One mail, its HTML in a frame where nothing runs; its links open in a page of their own. */
export function mailPage(
  { subject, from, to, at, messageId, html, text }: StoredMail,
  path: string,
): string {
  const facts = [
    ['De', `${from.name} <${from.address}>`],
    ['Pour', to],
    ['Quand', when(at)],
    ['Message-ID', messageId],
  ];
  const framed = html.replace('<head>', '<head><base target="_blank">');
  return page(
    subject,
    `<main><p><a href="${escape(path)}">← Courrier</a></p><h1>${escape(subject)}</h1><dl>${facts.map(([name = '', value = '']) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`).join('')}</dl>
<iframe title="Message" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${escape(framed)}"></iframe><h2>En texte seul</h2><pre>${escape(text)}</pre></main>`,
  );
}
