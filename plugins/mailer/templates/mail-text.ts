import type { MailLocale } from '@comptoir/contracts/mails';

const TAGS: Record<MailLocale, string> = { fr: 'fr-FR', en: 'en-IE' };
const formats: Record<MailLocale, Intl.NumberFormat> = {
  fr: new Intl.NumberFormat(TAGS.fr, { style: 'currency', currency: 'EUR' }),
  en: new Intl.NumberFormat(TAGS.en, { style: 'currency', currency: 'EUR' }),
};

/** Cents as people read them: `28,00 €`, `€28.00`. The division only feeds the formatter. */
export const money = (cents: number, locale: MailLocale): string =>
  formats[locale].format(cents / 100);

/** Basis points as people read them: `5,5 %`, `20%`. */
export function percent(basisPoints: number, locale: MailLocale): string {
  const number = new Intl.NumberFormat(TAGS[locale], { maximumFractionDigits: 2 }).format(
    basisPoints / 100,
  );
  return locale === 'fr' ? `${number}\u00a0%` : `${number}%`;
}

/**
 * French marks are preceded by a space that never breaks: narrow before `; ! ? »` and after `«`,
 * full before `:`.
 */
export const french = (text: string): string =>
  text
    .replace(/ ([;!?»])/g, '\u202f$1')
    .replace(/ :/g, '\u00a0:')
    .replace(/« /g, '«\u202f');

/**
 * What is written for people: no control characters, no marks that turn the reading direction;
 * French spacing in French.
 */
export function clean(text: string, locale: MailLocale): string {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ' ');
  return locale === 'fr' ? french(plain) : plain;
}

/** A country's name in the mail's language: `France` for `FR`; what is no country's code stays. */
export const countryName = (code: string, locale: MailLocale): string =>
  /^[A-Z]{2}$/.test(code)
    ? (new Intl.DisplayNames(TAGS[locale], { type: 'region' }).of(code) ?? code)
    : code;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Text as HTML text or as a quoted attribute. */
export const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
