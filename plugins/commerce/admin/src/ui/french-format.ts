import { formatEuro, formatEuroInput } from '../../../../catalogue/domain/euro.ts';

/** `timeZone` is for tests; staff read their browser's. */
function formats(timeZone?: string) {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('fr-FR', { ...options, timeZone });
  const day = { day: 'numeric', month: 'short' } as const;
  return {
    day: format(day),
    dayYear: format({ ...day, year: 'numeric' }),
    hour: format({ hour: '2-digit', minute: '2-digit' }),
  };
}

/** `25 nov. 2026` of an ISO instant. */
export const shortDay = (iso: string, timeZone?: string): string =>
  formats(timeZone).dayYear.format(new Date(iso));

/** `25 nov., 14:05` of an ISO instant; the year is shown when it is not this one. */
export function shortDate(iso: string, now: Date = new Date(), timeZone?: string): string {
  const { day, dayYear, hour } = formats(timeZone);
  const at = new Date(iso);
  const sameYear = dayYear.format(at).slice(-4) === dayYear.format(now).slice(-4);
  return `${(sameYear ? day : dayYear).format(at)}, ${hour.format(at)}`;
}

/** `25 nov. 2026, 14:05` of an ISO instant: the year too, where dates lie far apart. */
export function fullDate(iso: string, timeZone?: string): string {
  const { dayYear, hour } = formats(timeZone);
  const at = new Date(iso);
  return `${dayYear.format(at)}, ${hour.format(at)}`;
}

const COUNTRIES = new Intl.DisplayNames('fr', { type: 'region' });
/** `Belgique` for `BE`; what is no country code stays. */
export function countryName(code: string): string {
  try {
    return COUNTRIES.of(code) ?? code;
  } catch {
    return code;
  }
}

/**
 * An amount in its smallest unit as staff read it: `28,00 €`, or with the code of another currency.
 */
export function inCurrency(amount: number, currency: string): string {
  if (currency.toLowerCase() === 'eur') return formatEuro(amount);
  try {
    const format = new Intl.NumberFormat('fr-FR', {
      style: 'currency',
      currency,
      currencyDisplay: 'code',
    });
    return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
  } catch {
    return `${formatEuroInput(amount)} ${currency.toUpperCase()}`;
  }
}

/** `1 pièce`, `3 pièces`: French counts zero and one alike. `many` when an s is not enough. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count}\u00a0${Math.abs(count) < 2 ? one : many}`;
