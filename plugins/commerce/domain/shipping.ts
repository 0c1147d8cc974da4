import type { Cents } from './cents.ts';

/**
 * A price of the shop's settings for one way of sending. `maxWeight` in grams, null = any; days are
 * working days; `freeFrom` null = never.
 */
export interface ShippingRate {
  country: string;
  method: string;
  name: string;
  price: Cents;
  freeFrom: Cents | null;
  maxWeight: number | null;
  minDays: number;
  maxDays: number;
}
export interface DeliveryCountry {
  code: string;
  price: Cents;
  freeFrom: Cents | null;
  minDays: number;
  maxDays: number;
}

const limit = ({ maxWeight }: ShippingRate): number => maxWeight ?? Number.POSITIVE_INFINITY;

/**
 * Each way to send a parcel of `weight` grams to a country, in the settings' order, by the tightest
 * rate that still takes it.
 */
export function fittingRates(
  rates: readonly ShippingRate[],
  country: string,
  weight: number,
): ShippingRate[] {
  const tightest = new Map<string, ShippingRate>();
  for (const rate of rates) {
    const best = tightest.get(rate.method);
    if (rate.country === country && limit(rate) >= weight && (!best || limit(rate) < limit(best)))
      tightest.set(rate.method, rate);
  }
  return [...tightest.values()];
}

/**
 * Where a parcel of `weight` grams can go, in the settings' order, with the first way to send it
 * there.
 */
export function deliveryCountries(
  rates: readonly ShippingRate[],
  weight: number,
): DeliveryCountry[] {
  return [...new Set(rates.map(({ country }) => country))].flatMap((code) => {
    const [rate] = fittingRates(rates, code, weight);
    return rate
      ? [
          {
            code,
            price: rate.price,
            freeFrom: rate.freeFrom,
            minDays: rate.minDays,
            maxDays: rate.maxDays,
          },
        ]
      : [];
  });
}
