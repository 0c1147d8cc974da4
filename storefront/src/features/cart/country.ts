import type { Locale } from '@comptoir/contracts';

const NAMES: Record<Locale, Intl.DisplayNames> = {
  fr: new Intl.DisplayNames('fr', { type: 'region' }),
  en: new Intl.DisplayNames('en', { type: 'region' }),
};

/**
 * A country's name as shoppers read it; the code itself when it has no name.
 * @param code ISO 3166-1 alpha-2
 */
export const countryName = (code: string, locale: Locale): string => NAMES[locale].of(code) ?? code;

/** Basis points as a number of percent: `20`, `5,5`. */
export const percent = (basisPoints: number, locale: Locale): string =>
  new Intl.NumberFormat(locale).format(basisPoints / 100);
