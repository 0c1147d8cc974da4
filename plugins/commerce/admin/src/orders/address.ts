import type { ShippingAddress } from '@comptoir/contracts';

import type { StaffOrder } from '../../../domain/staff-order-api.ts';
import { countryName } from '../ui/french.ts';

/** An address as it stands on a parcel: one line each, the country in capitals last. */
export function addressLines({
  name,
  line1,
  line2,
  postalCode,
  city,
  country,
}: ShippingAddress): string[] {
  return [
    name,
    line1,
    line2,
    `${postalCode} ${city}`.trim(),
    countryName(country).toUpperCase(),
  ].filter((line) => line !== '');
}

/** Said where an address is missing that nobody has asked for: an order of nothing has no payment page. */
export const ASK_ADDRESS = 'Commande gratuite : demandez l’adresse au client.';
export const mustAskAddress = ({
  address,
  total,
}: Pick<StaffOrder, 'address' | 'total'>): boolean => address === null && total === 0;

/** A mail that asks the buyer for it, in their language. */
export function addressRequest({
  email,
  number,
  locale,
}: Pick<StaffOrder, 'email' | 'number' | 'locale'>): string {
  const [subject, body] =
    locale === 'fr'
      ? [
          `Commande ${number} : votre adresse de livraison`,
          `Bonjour,\n\nÀ quelle adresse devons-nous envoyer votre commande ${number} ?\n`,
        ]
      : [
          `Order ${number}: your delivery address`,
          `Hello,\n\nWhich address should we send your order ${number} to?\n`,
        ];
  return `mailto:${email}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}
