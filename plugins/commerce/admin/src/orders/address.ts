import type { ShippingAddress } from '@comptoir/contracts';
import { countryName } from '../ui/french.ts';

/** An address as it stands on a parcel: one line each, the country in capitals last. */
export function addressLines({ name, line1, line2, postalCode, city, country }: ShippingAddress): string[] {
  return [name, line1, line2, `${postalCode} ${city}`.trim(), countryName(country).toUpperCase()].filter((line) => line !== '');
}
