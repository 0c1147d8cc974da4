import type { Locale } from '@comptoir/contracts';

const TAGS: Record<Locale, string> = { fr: 'fr-FR', en: 'en-IE' };

/**
 * A day in the shop's time zone as people write it, on one line: `25 novembre 2026`.
 * @param instant ISO 8601 UTC
 */
export const longDate = (instant: string, locale: Locale): string =>
  new Intl.DateTimeFormat(TAGS[locale], { dateStyle: 'long', timeZone: 'Europe/Paris' })
    .format(new Date(instant))
    .replaceAll(' ', '\u00a0');
