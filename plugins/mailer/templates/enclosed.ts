import type { MailLocale } from '@comptoir/contracts/mails';

import type { Enclosure } from '../domain/enclosure.ts';
import type { Shop } from '../domain/message.ts';
import type { Part } from './letter.ts';
import { blocksOf } from './page-blocks.ts';
import { say } from './words.ts';

/**
 * A page that goes with a mail: where it is on the site, and all of it; nothing when there is none.
 */
export function enclosedParts(
  enclosure: Enclosure | null,
  { siteUrl }: Shop,
  locale: MailLocale,
): Part[] {
  if (enclosure === null) return [];
  const { title, slug, bodyMarkdown } = enclosure;
  const url = `${siteUrl}${locale === 'fr' ? '' : '/en'}/pages/${slug}`;
  return [
    { kind: 'note', text: say(locale)('enclosed', { url }) },
    { kind: 'page', title, blocks: blocksOf(bodyMarkdown, siteUrl) },
  ];
}
