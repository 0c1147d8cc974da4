import type { Locale, SettingsBody, ShippingRate } from '@comptoir/contracts';

/**
 * Words staff may write between double braces in a page: each is filled in from the shop's
 * settings, so an address is typed once.
 */
type ShopFact =
  | 'nom'
  | 'raison sociale'
  | 'adresse'
  | 'siret'
  | 'tva'
  | 'courriel'
  | 'téléphone'
  | 'délai de livraison'
  | 'tarifs de livraison';

const WORDS = {
  fr: {
    head: ['Pays', 'Tarif', 'Offerte dès', 'Délai'],
    upTo: (grams: string) => ` (jusqu’à ${grams})`,
    days: (min: number, max: number) =>
      `${min === max ? max : `${min} à ${max}`}\u00A0${max < 2 ? 'jour ouvré' : 'jours ouvrés'}`,
  },
  en: {
    head: ['Country', 'Rate', 'Free from', 'Time'],
    upTo: (grams: string) => ` (up to ${grams})`,
    days: (min: number, max: number) =>
      `${min === max ? max : `${min} to ${max}`} working ${max === 1 ? 'day' : 'days'}`,
  },
} as const;

/**
 * Fills `{{siret}}` and its like into plain text or Markdown. Unknown words stay as they are, so a
 * typing error is seen.
 */
export function fillShopFacts(text: string, settings: SettingsBody, locale: Locale): string {
  if (!text.includes('{{')) return text;
  const facts = shopFacts(settings, locale);
  return text.replace(
    /\{\{\s*([^{}]+?)\s*\}\}/g,
    (whole, word: string) => facts.get(word.toLowerCase()) ?? whole,
  );
}

function shopFacts(settings: SettingsBody, locale: Locale): Map<string, string> {
  const { street, postalCode, city, country } = settings.address;
  const facts: Record<ShopFact, string> = {
    nom: settings.name,
    'raison sociale': settings.legalName || settings.name,
    adresse: [street, `${postalCode} ${city}`.trim(), country]
      .filter((part) => part !== '')
      .join(', '),
    siret: settings.siret,
    tva: settings.vatNumber,
    courriel: settings.email,
    téléphone: settings.phone,
    'délai de livraison': settings.deliveryTime,
    'tarifs de livraison': ratesTable(settings.shipping, locale),
  };
  return new Map(Object.entries(facts));
}

function ratesTable(rates: readonly ShippingRate[], locale: Locale): string {
  const countries = new Intl.DisplayNames(locale, { type: 'region' });
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' });
  const weight = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'kilogram',
    maximumFractionDigits: 3,
  });
  const words = WORDS[locale];
  const rows = rates.map((rate) => [
    [
      countries.of(rate.country) ?? rate.country,
      rate.name === '' ? '' : `, ${rate.name}`,
      rate.maxWeight === null ? '' : words.upTo(weight.format(rate.maxWeight / 1000)),
    ].join(''),
    money.format(rate.price.amount / 100),
    rate.freeFrom === null ? '–' : money.format(rate.freeFrom.amount / 100),
    words.days(rate.minDays, rate.maxDays),
  ]);
  return [[...words.head], words.head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}
