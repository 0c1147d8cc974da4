import type { Locale, Money, Picture, ProductBody, Quote, Variant } from '@comptoir/contracts';
import { cents, euros } from '@comptoir/contracts';

import type { CatalogueReader } from '../../client/catalogue-reader.ts';
import { typeset } from '../../client/typography.ts';
import type { TextKey } from '../i18n/texts.ts';
import { translator } from '../i18n/texts.ts';
import type { Basket } from './basket-cookies.ts';

/** One line as the cart shows it. Prices are null while the API gives no quote. */
export interface CartLineView {
  sku: string;
  quantity: number;
  name: string;
  label: string;
  slug: string | null;
  picture: Picture | null;
  unitPrice: Money | null;
  /** Before any promotion, so that the lines add up to the subtotal. */
  total: Money | null;
  state: 'ok' | 'short' | 'gone';
  available: number;
}
/** A field that must be typed again, with what was typed. */
export interface Problem {
  field: string;
  typed: string;
  text: TextKey;
}
export type NoticeText = Extract<TextKey, `cart.notice.${string}`>;

export interface CartPage {
  kind: 'cart';
  basket: Basket;
  lines: CartLineView[];
  /** Null when the API does not answer, or when the cart is empty. */
  quote: Quote | null;
  /** The order button is shown, with the summary it confirms; the form posts `total`, in cents. */
  orderable: boolean;
  total: number;
  /** The way of sending that `total` is for; empty without a quote. */
  delivery: string;
  /** An order that had no answer, and no quote either: it can only be sent once more, as it was. */
  resend: boolean;
  /**
   * Pieces that look short are held by the shopper's own unpaid order, which a new one replaces.
   */
  held: boolean;
  key: string;
  email: string;
  notices: NoticeText[];
  problems: Problem[];
}

/** A variant and the product it belongs to. */
interface SoldVariant {
  product: ProductBody;
  variant: Variant;
}
const variantsBySku = (catalogue: CatalogueReader, locale: Locale): Map<string, SoldVariant> =>
  new Map(
    catalogue
      .products(locale)
      .flatMap((product) =>
        product.variants.map((variant) => [variant.sku, { product, variant }] as const),
      ),
  );

const times = ({ amount }: Money, quantity: number): Money => euros(cents(amount * quantity));

const catalogueLine = (
  sku: string,
  quantity: number,
  { product, variant }: SoldVariant,
): CartLineView => ({
  sku,
  quantity,
  name: product.name,
  label: variant.label,
  slug: product.slug,
  picture: product.pictures[0] ?? null,
  unitPrice: variant.price,
  total: times(variant.price, quantity),
  state: 'ok',
  available: quantity,
});

/** A line whose piece left the catalogue, by the name it had if this storefront knows it. */
function vanishedLine(
  sku: string,
  quantity: number,
  catalogue: CatalogueReader,
  locale: Locale,
): CartLineView {
  const { name, label } = catalogue.formerName(sku, locale) ?? {
    name: translator(locale)('cart.goneName'),
    label: '',
  };
  return {
    sku,
    quantity,
    name,
    label,
    slug: null,
    picture: null,
    unitPrice: null,
    total: null,
    state: 'gone',
    available: quantity,
  };
}

/**
 * The cart's lines: prices and states are the quote's, pictures and links the catalogue's. Without
 * a quote all comes from the catalogue.
 */
export function linesOf(
  { cart }: Basket,
  quote: Quote | null,
  catalogue: CatalogueReader,
  locale: Locale,
): CartLineView[] {
  const variants = variantsBySku(catalogue, locale);
  return cart.lines.map(({ sku, quantity }) => {
    const found = variants.get(sku);
    const line = found
      ? catalogueLine(sku, quantity, found)
      : vanishedLine(sku, quantity, catalogue, locale);
    const quoted = quote?.lines.find((candidate) => candidate.sku === sku);
    if (!quoted) return line;
    const { unitPrice, state, available, name, label } = quoted;
    const gone = state === 'gone';
    return {
      ...line,
      name: typeset(name, locale) || line.name,
      label: typeset(label, locale) || line.label,
      unitPrice: gone ? null : unitPrice,
      total: gone ? null : times(unitPrice, quantity),
      state,
      available,
    };
  });
}

/**
 * True when the order may be tried: as the quote says, or when only the shopper's own unpaid order
 * is in the way.
 */
export const mayOrder = (quote: Quote | null, { previous }: Basket): boolean =>
  quote !== null &&
  (quote.orderable ||
    (previous !== null &&
      quote.reasons.length > 0 &&
      quote.reasons.every((reason) => reason === 'short')));

/**
 * The amount missing until delivery is free; null when it is free already, or never for this
 * country.
 */
export function missingForFree(quote: Quote): Money | null {
  const from = quote.shipping?.freeFrom;
  if (!from || quote.shipping?.free) return null;
  const missing = from.amount - (quote.subtotal.amount - quote.discount.amount);
  return missing > 0 ? euros(cents(missing)) : null;
}
