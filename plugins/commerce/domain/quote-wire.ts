import {
  euros,
  type Quote as WireQuote,
  type QuoteDelivery,
  type VatPart as WireVatPart,
} from '@comptoir/contracts';

import type { DeliveryOption, Quote } from './cart-pricing.ts';
import type { VatPart } from './vat-split.ts';

/** VAT parts as they cross the wire. */
export const vatToWire = (parts: readonly VatPart[]): WireVatPart[] =>
  parts.map(({ rate, net, vat, gross }) => ({
    rate,
    net: euros(net),
    vat: euros(vat),
    gross: euros(gross),
  }));

const deliveryToWire = (delivery: DeliveryOption): QuoteDelivery => ({
  ...delivery,
  price: euros(delivery.price),
  freeFrom: delivery.freeFrom === null ? null : euros(delivery.freeFrom),
});

/** A quote as it crosses the wire: every amount with its currency. */
export function quoteToWire(quote: Quote): WireQuote {
  const {
    lines,
    countries,
    shipping,
    deliveries,
    promotion,
    promotionMinimum,
    subtotal,
    discount,
    vat,
    total,
  } = quote;
  return {
    ...quote,
    lines: lines.map((line) => ({
      ...line,
      unitPrice: euros(line.unitPrice),
      discount: euros(line.discount),
      total: euros(line.total),
    })),
    countries: countries.map((country) => ({
      ...country,
      price: euros(country.price),
      freeFrom: country.freeFrom === null ? null : euros(country.freeFrom),
    })),
    shipping: shipping && deliveryToWire(shipping),
    deliveries: deliveries.map(deliveryToWire),
    promotion: promotion && { ...promotion, discount: euros(promotion.discount) },
    promotionMinimum: promotionMinimum === null ? null : euros(promotionMinimum),
    subtotal: euros(subtotal),
    discount: euros(discount),
    vat: vatToWire(vat),
    total: euros(total),
  };
}
