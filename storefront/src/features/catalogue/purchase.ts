import type {
  AvailabilityState,
  Locale,
  Money,
  ProductBody,
  SettingsBody,
  ShippingRate,
} from '@comptoir/contracts';

import type { CatalogueReader } from '../../client/catalogue-reader.ts';
import { translator } from '../i18n/texts.ts';
import { formatMoney } from './price.ts';

/**
 * One variant as the purchase box shows it; `left` is the number of pieces while they are few,
 * `mail` a `mailto:` address for shoppers who wait for a sold-out piece, else empty.
 */
export interface Choice {
  sku: string;
  label: string;
  price: string;
  stock: AvailabilityState;
  left: number | null;
  mail: string;
}
/** A piece as the purchase box needs it; a draft's price may still be missing. Cents, grams. */
export interface Offered {
  name: string;
  variants: readonly { sku: string; label: string; price: Money | null; weight: number }[];
}
/**
 * A piece as its page shows it, published or drafted. Pictures and addresses reach the page by
 * other ways, because those of a draft are no published ones.
 */
export type Piece = Offered &
  Omit<ProductBody, 'position' | 'slug' | 'slugs' | 'pictures' | 'seo' | 'variants'>;

const mailFor = (piece: string, email: string, locale: Locale): string =>
  `mailto:${email}?subject=${encodeURIComponent(translator(locale)('product.waitlistSubject', { piece }))}`;

/**
 * The variants with their price, stock and, when sold out, a message ready to send. With an empty
 * `email` no message is offered.
 */
export function choicesOf(
  { name, variants }: Offered,
  catalogue: CatalogueReader,
  email: string,
  locale: Locale,
): Choice[] {
  return variants.map(({ sku, label, price: amount }) => {
    const price = amount ? formatMoney(amount, locale) : translator(locale)('preview.noprice');
    const stock = catalogue.availability(sku);
    const mail =
      stock === 'out' && email ? mailFor(label ? `${name}, ${label}` : name, email, locale) : '';
    return { sku, label: label || name, price, stock, left: catalogue.left(sku), mail };
  });
}

/** Index of the variant that is chosen when the page opens: the first that is not sold out. */
export const openingChoice = (choices: readonly Choice[]): number =>
  Math.max(
    0,
    choices.findIndex(({ stock }) => stock !== 'out'),
  );

/**
 * The rate of a parcel to the shop's own country by the shop's first delivery method: the one with
 * the closest weight limit. Weight in grams.
 */
function rateFor(weight: number, settings: SettingsBody | null): ShippingRate | undefined {
  const limit = ({ maxWeight }: ShippingRate): number => maxWeight ?? Infinity;
  const fitting =
    settings?.shipping.filter((rate) => rate.country === 'FR' && weight <= limit(rate)) ?? [];
  return fitting
    .filter(({ method }) => method === fitting[0]?.method)
    .sort((a, b) => limit(a) - limit(b) || a.price.amount - b.price.amount)[0];
}

/**
 * What delivery of one of these in the shop's own country costs, in words; "from" when it depends
 * on the variant.
 */
export function deliverySentence(
  settings: SettingsBody | null,
  variants: readonly { weight: number }[],
  locale: Locale,
): string {
  const t = translator(locale);
  const found = variants.map(({ weight }) => rateFor(weight, settings));
  const rates = found
    .filter((rate) => rate !== undefined)
    .sort((a, b) => a.price.amount - b.price.amount);
  const [cheapest] = rates;
  if (!cheapest) return t('product.tax');
  const same = found.every((rate) => rate?.price.amount === cheapest.price.amount);
  const price = same
    ? formatMoney(cheapest.price, locale)
    : t('product.from', { price: formatMoney(cheapest.price, locale) });
  const free = rates.every(({ freeFrom }) => freeFrom?.amount === cheapest.freeFrom?.amount)
    ? cheapest.freeFrom
    : null;
  return free
    ? t('product.shippingFree', { price, from: formatMoney(free, locale) })
    : t('product.shipping', { price });
}
