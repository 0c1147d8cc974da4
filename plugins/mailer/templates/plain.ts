import type { MailLocale } from '@comptoir/contracts/mails';

import type { Shop } from '../domain/message.ts';
import type { Letter, Part } from './letter.ts';
import { clean } from './mail-text.ts';

function partText(part: Part): string {
  switch (part.kind) {
    case 'text':
    case 'note':
      return part.text;
    case 'lines':
      return part.lines
        .map(({ title, detail, amount }) => `- ${title}${detail ? ` (${detail})` : ''}  ${amount}`)
        .join('\n');
    case 'sums':
      return part.rows.map(({ label, amount }) => `${label}  ${amount}`).join('\n');
    case 'card':
      return [part.title, ...part.rows].join('\n');
    case 'page':
      return [
        part.title.toUpperCase(),
        ...part.blocks.map(
          ({ kind, quoted, mark, text }) =>
            `${quoted ? '> ' : ''}${kind === 'heading' ? text.toUpperCase() : `${mark}${mark && ' '}${text}`}`,
        ),
      ].join('\n\n');
    case 'button':
      return `${part.label}\n${part.url}`;
  }
}

/** The letter as plain text, with all that the HTML says. */
export function plain({ title, parts }: Letter, shop: Shop, locale: MailLocale): string {
  const foot = [
    [shop.name, ...shop.address].join(', '),
    [shop.email, shop.phone].filter((text) => text !== '').join(' · '),
    shop.siteUrl,
  ]
    .filter((text) => text !== '')
    .join('\n');
  return `${[title, ...parts.map(partText), `-- \n${foot}`].map((text) => clean(text, locale)).join('\n\n')}\n`;
}
