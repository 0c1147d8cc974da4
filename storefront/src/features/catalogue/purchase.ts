import type { AvailabilityState, Locale, ProductBody, SettingsBody, Variant } from '@comptoir/contracts';
import type { CatalogueReader } from '../../client/catalogue-reader.ts';
import { translator } from '../i18n/texts.ts';
import { formatMoney } from './price.ts';

/** One variant as the purchase box shows it. */
export interface Choice { variant: Variant; label: string; price: string; stock: AvailabilityState; mail: string }

function mailFor(product: ProductBody, variant: Variant, stock: AvailabilityState, email: string, locale: Locale): string {
  const t = translator(locale);
  const piece = variant.label ? `${product.name}, ${variant.label}` : product.name;
  const subject = t(stock === 'out' ? 'product.waitlistSubject' : 'product.orderSubject', { piece });
  const body = stock === 'out' ? '' : `&body=${encodeURIComponent(t('product.orderBody', { piece, sku: variant.sku, price: formatMoney(variant.price, locale) }))}`;
  return `mailto:${email}?subject=${encodeURIComponent(subject)}${body}`;
}

/** The variants with their price, stock and message ready to send. `email` may be empty: then nothing can be ordered. */
export function choicesOf(product: ProductBody, catalogue: CatalogueReader, email: string, locale: Locale): Choice[] {
  return product.variants.map((variant) => {
    const stock = catalogue.availability(variant.sku);
    const mail = email ? mailFor(product, variant, stock, email, locale) : '';
    return { variant, label: variant.label || product.name, price: formatMoney(variant.price, locale), stock, mail };
  });
}

/** Which variant is chosen when the page opens: the first that can be had. */
export const openingChoice = (choices: readonly Choice[]): number => Math.max(0, choices.findIndex(({ stock }) => stock !== 'out'));

/** What delivery in the shop's own country costs, in words. */
export function deliverySentence(settings: SettingsBody | null, locale: Locale): string {
  const t = translator(locale);
  const rate = settings?.shipping.find(({ country }) => country === 'FR');
  if (!rate) return t('product.tax');
  const price = formatMoney(rate.price, locale);
  return rate.freeFrom ? t('product.shippingFree', { price, from: formatMoney(rate.freeFrom, locale) }) : t('product.shipping', { price });
}
