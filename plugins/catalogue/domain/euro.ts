/** Why a typed price cannot be read. */
export type EuroRefusal = 'not-a-number' | 'too-many-decimals' | 'negative' | 'too-large';
/** A typed price: integer cents, or null when nothing was typed. */
type EuroParse = { ok: true; cents: number | null } | { ok: false; reason: EuroRefusal };

/** Highest price a merchant can type, in cents: ten million euros, well inside a SQL integer. */
export const MAX_PRICE_CENTS = 1_000_000_000;

/**
 * Plain, no-break and narrow no-break spaces: all three are typed or pasted as thousands
 * separators.
 */
const SPACES = /[\s\u00a0\u202f]/g;
const GROUPED = /^\d{1,3}(?:[\s\u00a0\u202f]\d{3})+(?:[.,]\d*)?$/;

const REFUSALS: Record<EuroRefusal, string> = {
  'not-a-number': 'Écrivez un prix en euros, par exemple 28 ou 28,50.',
  'too-many-decimals': 'Deux décimales au plus : un prix s’arrête au centime, par exemple 28,50.',
  negative: 'Un prix ne peut pas être négatif.',
  'too-large': 'Ce prix dépasse 10 000 000 € : vérifiez la virgule.',
};

/** What to tell the merchant, in French. */
export const euroRefusalText = (reason: EuroRefusal): string => REFUSALS[reason];

/**
 * Reads a price as a French merchant types it: `28`, `28,00`, `28.5`, `1 234,50 €`.
 * Never goes through a float: `29,90` is exactly 2990.
 */
export function parseEuro(text: string): EuroParse {
  const typed = text.replace(/(?:€|EUR)\s*$/i, '').trim();
  if (typed === '') return { ok: true, cents: null };
  if (/^[-−]/.test(typed)) return { ok: false, reason: 'negative' };
  const digits =
    /[\s\u00a0\u202f]/.test(typed) && !GROUPED.test(typed) ? '' : typed.replace(SPACES, '');
  const match = /^(\d+)(?:[.,](\d*))?$/.exec(digits);
  if (!match) return { ok: false, reason: 'not-a-number' };
  const [, whole = '', decimals = ''] = match;
  if (decimals.length > 2) return { ok: false, reason: 'too-many-decimals' };
  const cents = Number(whole) * 100 + Number(decimals.padEnd(2, '0'));
  return cents > MAX_PRICE_CENTS ? { ok: false, reason: 'too-large' } : { ok: true, cents };
}

/**
 * Before a typed price that cannot be read: so no layer below can take `28.000` for 28 cents, or
 * `0x64` for a hundred.
 */
const UNREADABLE = '✗ ';
export const unreadablePrice = (text: string): string => `${UNREADABLE}${text}`;
/** What was typed, from a form value that stands for it. */
export const typedPrice = (value: string): string =>
  value.startsWith(UNREADABLE) ? value.slice(UNREADABLE.length) : value;

/**
 * Why a form value is no price in cents, in French; null when it is one, or empty. Text is never a
 * price, not even `2800`.
 */
export function priceRefusal(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && Number.isSafeInteger(value))
    return Math.abs(value) > MAX_PRICE_CENTS ? euroRefusalText('too-large') : null;
  const parsed = parseEuro(typeof value === 'string' ? typedPrice(value) : '?');
  return euroRefusalText(parsed.ok ? 'not-a-number' : parsed.reason);
}

/** Groups whole euros by three with narrow no-break spaces. */
const grouped = (whole: number): string => String(whole).replace(/\B(?=(\d{3})+$)/g, '\u202f');

/**
 * Cents as they stand in the price field: `28,00`, `1 234,50` (narrow no-break spaces), no symbol.
 */
export function formatEuroInput(cents: number): string {
  const sign = cents < 0 ? '-' : '';
  const size = Math.abs(cents);
  return `${sign}${grouped(Math.floor(size / 100))},${String(size % 100).padStart(2, '0')}`;
}

/** Cents as they stand in lists: `28,00 €`. */
export const formatEuro = (cents: number): string => `${formatEuroInput(cents)}\u00a0€`;
