import type { Locale, Money, Variant } from '@comptoir/contracts';

const TAGS: Record<Locale, string> = { fr: 'fr-FR', en: 'en-IE' };
const formats = new Map<string, Intl.NumberFormat>();

function formatFor(locale: Locale, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known =
    formats.get(key) ?? new Intl.NumberFormat(TAGS[locale], { style: 'currency', currency });
  formats.set(key, known);
  return known;
}

/**
 * Cents as people read them: `28,00 €` in French, `€28.00` in English. Only the formatter sees the
 * quotient.
 */
export const formatMoney = (money: Money, locale: Locale): string =>
  formatFor(locale, money.currency).format(money.amount / 100);

/**
 * Lowest price among the variants.
 * @throws Error when there is none, which the contract forbids.
 */
export function lowestPrice(variants: readonly Variant[]): Money {
  const [first, ...others] = variants;
  if (!first) throw new Error('A product without variants has no price');
  return others.reduce((low, { price }) => (price.amount < low.amount ? price : low), first.price);
}

/** True when the price shown for the whole product must say "from". */
export const hasSeveralPrices = (variants: readonly Variant[]): boolean =>
  new Set(variants.map(({ price }) => price.amount)).size > 1;
