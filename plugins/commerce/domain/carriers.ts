/** Page that follows a parcel, of carriers whose address takes nothing but the number. */
const laPoste = (number: string): string =>
  `https://www.laposte.fr/outils/suivre-vos-envois?code=${number}`;
const PAGES: Readonly<Record<string, ((number: string) => string) | null>> = {
  Colissimo: laPoste,
  Chronopost: (number) =>
    `https://www.chronopost.fr/tracking-no-cms/suivi-page?listeNumerosLT=${number}`,
  'Lettre suivie': laPoste,
  // Mondial Relay and Colis Privé also ask for the buyer's postal code, GLS for a choice of
  // country.
  'Mondial Relay': null,
  'Colis Privé': null,
  DPD: (number) => `https://trace.dpd.fr/fr/trace/${number}`,
  GLS: null,
  UPS: (number) => `https://www.ups.com/track?tracknum=${number}`,
  DHL: (number) => `https://www.dhl.com/fr-fr/home/tracking.html?tracking-id=${number}`,
  FedEx: (number) => `https://www.fedex.com/fedextrack/?trknbr=${number}`,
};

/** Carriers a French shop sends with; another one can be typed. */
export const CARRIERS: readonly string[] = Object.keys(PAGES);

/**
 * The carrier that a way of sending names, such as `Chronopost, express`; null when it names none.
 */
export const carrierIn = (delivery: string): string | null =>
  CARRIERS.find((carrier) =>
    ` ${delivery.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `.includes(
      ` ${carrier.toLowerCase()} `,
    ),
  ) ?? null;

/**
 * Where a buyer can follow a parcel; null when it has no number, or its carrier no page that is
 * known.
 */
export function trackingUrl({
  carrier,
  number,
}: {
  carrier: string;
  number: string;
}): string | null {
  const page = Object.hasOwn(PAGES, carrier) ? PAGES[carrier] : null;
  return page && number !== '' ? page(encodeURIComponent(number.replaceAll(/\s/g, ''))) : null;
}
