import { type Cents, cents } from '@comptoir/contracts';

/**
 * A number as merchants type it: digits, at most two decimals, comma or point. Euros up to
 * 9,999,999.99; no floats involved.
 */
const DECIMAL = /^(\d{1,7})(?:[.,](\d{1,2}))?$/;

/**
 * Reads "28", "28,5" or "28.50" as an integer number of hundredths; null when it is anything else.
 */
function parseHundredths(text: string): number | null {
  const [, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) return null;
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

/** Reads a price in euros as cents; null when it is not a price above zero. */
export function parsePrice(text: string): Cents | null {
  const hundredths = parseHundredths(text);
  return hundredths === null || hundredths === 0 ? null : cents(hundredths);
}

/** Cents as the file writes them: "28,00". */
export function formatPrice(price: Cents): string {
  return `${Math.trunc(price / 100)},${String(price % 100).padStart(2, '0')}`;
}

/**
 * Reads a VAT rate in percent ("20", "5,5") as basis points; null when it is not between 0 and 100
 * %.
 */
export function parseVatRate(text: string): number | null {
  const basisPoints = parseHundredths(text);
  return basisPoints === null || basisPoints > 10_000 ? null : basisPoints;
}

/** Basis points as the file writes them, without useless zeros: 2000 is "20", 550 is "5,5". */
export function formatVatRate(basisPoints: number): string {
  const fraction = String(basisPoints % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${Math.trunc(basisPoints / 100)}${fraction === '' ? '' : `,${fraction}`}`;
}

/** Reads a count (pieces, grams) up to one billion; null when it is not digits only. */
export function parseCount(text: string): number | null {
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
