import type { MailLocale } from '@comptoir/contracts/mails';

import type { Shop } from '../domain/message.ts';
import type { Letter, Part } from './letter.ts';
import { clean, escape } from './mail-text.ts';

/** The shop's colours (storefront/src/styles/tokens.css); mail programs know no variables. */
const COLOUR = {
  paper: '#f5f0e6',
  sheet: '#fffdf8',
  line: '#d9cebb',
  ink: '#2a2620',
  soft: '#5f5649',
  brick: '#93452c',
  onBrick: '#ffffff',
} as const;
const SERIF = "Georgia,'Times New Roman',serif";
const SANS = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%"';
const AMOUNT = `padding:10px 0;text-align:right;vertical-align:top;white-space:nowrap;font-variant-numeric:tabular-nums`;

type Write = (text: string) => string;

const linesTable = (part: Extract<Part, { kind: 'lines' }>, t: Write): string => {
  const rows = part.lines.map(
    ({ title, detail, amount }) =>
      `<tr><td style="padding:10px 12px 10px 0;border-top:1px solid ${COLOUR.line}">${t(title)}${detail ? `<br><span style="color:${COLOUR.soft};font-size:14px">${t(detail)}</span>` : ''}</td><td style="${AMOUNT};border-top:1px solid ${COLOUR.line}">${t(amount)}</td></tr>`,
  );
  return `<table cellpadding="0" cellspacing="0" border="0" width="100%" style="margin:0 0 4px;border-collapse:collapse">${rows.join('')}</table>`;
};

const sumsTable = (part: Extract<Part, { kind: 'sums' }>, t: Write): string => {
  const rows = part.rows.map(({ label, amount, strong }) => {
    const weight = strong
      ? `font-weight:600;font-size:18px;border-top:1px solid ${COLOUR.ink}`
      : `color:${COLOUR.soft}`;
    return `<tr><td style="padding:${strong ? '10px' : '3px'} 12px ${strong ? '10px' : '3px'} 0;${weight}">${t(label)}</td><td style="${AMOUNT.replaceAll('10px', strong ? '10px' : '3px')};${weight}">${t(amount)}</td></tr>`;
  });
  return `<table cellpadding="0" cellspacing="0" border="0" width="100%" style="margin:0 0 24px;border-collapse:collapse">${rows.join('')}</table>`;
};

/** A page below the letter, smaller: it is kept rather than read. */
const pageHtml = ({ title, blocks }: Extract<Part, { kind: 'page' }>, t: Write): string => {
  const written = blocks.map(({ kind, quoted, mark, text }) => {
    const left = (quoted ? 14 : 0) + (kind === 'item' ? 14 : 0);
    if (kind === 'heading')
      return `<h3 style="margin:20px 0 6px;font:16px/1.4 ${SERIF}">${t(text)}</h3>`;
    return `<p style="margin:0 0 8px ${left}px${quoted ? `;color:${COLOUR.soft}` : ''}">${t(mark ? `${mark} ${text}` : text)}</p>`;
  });
  return `<div style="margin:24px 0 0;padding:20px 0 8px;border-top:1px solid ${COLOUR.line};font-size:14px;line-height:1.55"><h2 style="margin:0 0 12px;font:20px/1.3 ${SERIF}">${t(title)}</h2>\n${written.join('\n')}</div>`;
};

function partHtml(part: Part, t: Write): string {
  switch (part.kind) {
    case 'text':
      return `<p style="margin:0 0 16px">${t(part.text).replaceAll('\n', '<br>')}</p>`;
    case 'note':
      return `<p style="margin:0 0 16px;color:${COLOUR.soft};font-size:14px">${t(part.text).replaceAll('\n', '<br>')}</p>`;
    case 'lines':
      return linesTable(part, t);
    case 'sums':
      return sumsTable(part, t);
    case 'card':
      return `<p style="margin:0 0 24px"><strong style="font-weight:600">${t(part.title)}</strong><br>${part.rows.map(t).join('<br>')}</p>`;
    case 'page':
      return pageHtml(part, t);
    case 'button':
      return `<p style="margin:8px 0 24px"><a href="${escape(part.url)}" style="display:inline-block;padding:12px 22px;background:${COLOUR.brick};color:${COLOUR.onBrick};text-decoration:none;border-radius:2px">${t(part.label)}</a></p>`;
  }
}

const foot = (shop: Shop, t: Write): string => {
  const contact = [shop.email, shop.phone]
    .filter((text) => text !== '')
    .map(t)
    .join(' · ');
  const rows = [
    t([shop.name, ...shop.address].join(', ')),
    ...(contact ? [contact] : []),
    `<a href="${escape(shop.siteUrl)}" style="color:${COLOUR.soft}">${escape(shop.siteUrl)}</a>`,
  ];
  return `<p style="margin:0;color:${COLOUR.soft};font-size:13px;line-height:1.6">${rows.join('<br>')}</p>`;
};

/**
 * The letter as an HTML document: inline styles, nothing fetched from anywhere, all text escaped.
 */
export function html(
  { subject, preheader, title, parts }: Letter,
  shop: Shop,
  locale: MailLocale,
): string {
  const t: Write = (text) => escape(clean(text, locale));
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><title>${t(subject)}</title></head>
<body style="margin:0;padding:0;background:${COLOUR.paper};color:${COLOUR.ink};font:16px/1.6 ${SANS}">
<div style="display:none;max-height:0;overflow:hidden">${t(preheader)}</div>
<table ${TABLE} style="background:${COLOUR.paper}"><tr><td align="center" style="padding:32px 16px">
<table ${TABLE} style="max-width:560px;text-align:left">
<tr><td style="padding:0 0 20px;font:20px/1.3 ${SERIF};letter-spacing:.02em">${t(shop.name)}</td></tr>
<tr><td style="padding:32px 28px 16px;background:${COLOUR.sheet};border:1px solid ${COLOUR.line}">
<h1 style="margin:0 0 20px;font:26px/1.25 ${SERIF};font-weight:normal">${t(title)}</h1>
${parts.map((part) => partHtml(part, t)).join('\n')}
</td></tr>
<tr><td style="padding:20px 0 0">${foot(shop, t)}</td></tr>
</table></td></tr></table></body></html>
`;
}
