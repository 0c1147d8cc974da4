import type { Locale } from '@comptoir/contracts';

/**
 * Web and e-mail addresses keep their characters: with a typographic apostrophe they would lead
 * elsewhere.
 */
const ADDRESS = /(\b(?:https?:\/\/|www\.|mailto:|tel:)\S+|[^\s@]+@[^\s@]+)/i;
const NBSP = '\u00a0';
const NARROW_NBSP = '\u202f';

const frenchProse = (text: string): string =>
  text
    .replace(/(?<=\p{L})'(?=\p{L})/gu, '’')
    .replace(/ (?=[;!?])/g, NARROW_NBSP)
    .replace(/ (?=[:»])|(?<=«) /g, NBSP);

/**
 * A text as the shop shows it: French gets its apostrophes, and no line break before high
 * punctuation or inside « ». Other languages and addresses stay as typed. The length never changes,
 * so parts of a text can be typeset as a whole.
 */
export function typeset(text: string, locale: Locale): string {
  if (locale !== 'fr') return text;
  return text
    .split(ADDRESS)
    .map((part, index) => (index % 2 === 1 ? part : frenchProse(part)))
    .join('');
}
