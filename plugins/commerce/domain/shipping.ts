import type { Cents } from './cents.ts';

/** A price of the shop's settings. `maxWeight` in grams, null = any; days are working days; `freeFrom` null = never. */
export interface ShippingRate { country: string; price: Cents; freeFrom: Cents | null; maxWeight: number | null; minDays: number; maxDays: number }
export interface DeliveryCountry { code: string; price: Cents; freeFrom: Cents | null; minDays: number; maxDays: number }

const limit = ({ maxWeight }: ShippingRate): number => maxWeight ?? Number.POSITIVE_INFINITY;

/** The rate for a parcel of `weight` grams: the tightest that still takes it; null when nothing goes there at that weight. */
export function fittingRate(rates: readonly ShippingRate[], country: string, weight: number): ShippingRate | null {
  const fitting = rates.filter((rate) => rate.country === country && limit(rate) >= weight);
  return fitting.reduce<ShippingRate | null>((best, rate) => (best === null || limit(rate) < limit(best) ? rate : best), null);
}

/** Where a parcel of `weight` grams can go, in the settings' order. */
export function deliveryCountries(rates: readonly ShippingRate[], weight: number): DeliveryCountry[] {
  return [...new Set(rates.map(({ country }) => country))].flatMap((code) => {
    const rate = fittingRate(rates, code, weight);
    return rate ? [{ code, price: rate.price, freeFrom: rate.freeFrom, minDays: rate.minDays, maxDays: rate.maxDays }] : [];
  });
}
