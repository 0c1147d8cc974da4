import { z } from 'zod';

import { methodOf } from './delivery-method.ts';
import type { Problem } from './publish-rules.ts';

/**
 * What staff saved of the shop's settings; a field that was not sent is absent and is not judged.
 */
const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() ?? '');
const whole = z.int().nullish();
export const savedSettingsSchema = z.object({
  siret: text,
  vatNumber: text,
  email: text,
  phone: text,
  shipping: z
    .array(
      z.object({
        country: text,
        nameFr: text,
        nameEn: text,
        price: whole,
        freeFrom: whole,
        maxWeight: whole,
        minDays: whole,
        maxDays: whole,
      }),
    )
    .nullish(),
});
type SavedSettings = z.infer<typeof savedSettingsSchema>;
type Rate = NonNullable<SavedSettings['shipping']>[number];

const at = (path: (string | number)[], message: string): Problem => ({ path, message });
const when = (refused: boolean, problem: Problem): Problem[] => (refused ? [problem] : []);

/**
 * The key of a SIRET (Luhn); La Poste's own numbers follow another rule (Insee, SIRENE
 * documentation).
 */
function isSiret(value: string): boolean {
  const digits = value.replace(/\s/g, '');
  if (!/^\d{14}$/.test(digits)) return false;
  if (digits.startsWith('356000000')) return true;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const weighted = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return sum % 10 === 0;
}

/**
 * Country prefix and 2 to 13 letters and digits; in France two characters and the nine digits of
 * the SIREN.
 */
function isVatNumber(value: string): boolean {
  const plain = value.replace(/[\s.]/g, '').toUpperCase();
  return plain.startsWith('FR')
    ? /^FR[0-9A-Z]{2}\d{9}$/.test(plain)
    : /^[A-Z]{2}[0-9A-Z]{2,13}$/.test(plain);
}

const countries = new Intl.DisplayNames('fr', { type: 'region', fallback: 'none' });
/** Codes with a name that no parcel can be sent to: unions, and "somewhere". */
const NO_COUNTRIES: readonly string[] = ['EU', 'EZ', 'UN', 'QO', 'ZZ'];
const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) && !NO_COUNTRIES.includes(code) && countries.of(code) !== undefined;

type Path = (field: string) => (string | number)[];

function isRepeated(rate: Rate, index: number, all: readonly Rate[]): boolean {
  const isSame = (other: Rate): boolean =>
    other.country === rate.country &&
    methodOf(other.nameFr) === methodOf(rate.nameFr) &&
    (other.maxWeight ?? null) === (rate.maxWeight ?? null);
  return all.findIndex(isSame) < index;
}

function countryProblems({ country }: Rate, repeated: boolean, path: Path): Problem[] {
  return [
    ...when(
      !isCountry(country),
      at(
        path('country'),
        `« ${country} » n’est pas un code de pays : deux lettres capitales, par exemple « FR ».`,
      ),
    ),
    ...when(
      repeated,
      at(
        path('country'),
        `Le pays « ${country} » est donné deux fois pour le même poids et le même mode : gardez une seule ligne, ou changez le poids maximal ou le nom du mode.`,
      ),
    ),
  ];
}

function methodNameProblems({ nameFr, nameEn }: Rate, path: Path): Problem[] {
  return [
    ...when(
      nameFr === '' && nameEn !== '',
      at(path('nameFr'), `Donnez aussi en français le nom de « ${nameEn} ».`),
    ),
    ...when(
      nameFr !== '' && nameEn === '',
      at(path('nameEn'), `Donnez aussi en anglais le nom de « ${nameFr} ».`),
    ),
  ];
}

function rateAmountProblems(rate: Rate, path: Path): Problem[] {
  const { price, freeFrom, maxWeight, minDays, maxDays } = rate;
  return [
    ...when((price ?? 0) < 0, at(path('price'), 'Les frais ne peuvent pas être négatifs.')),
    ...when(
      (freeFrom ?? 0) < 0,
      at(
        path('freeFrom'),
        'Le montant ne peut pas être négatif ; laissez vide si la livraison n’est jamais offerte.',
      ),
    ),
    ...when(
      maxWeight !== null && maxWeight !== undefined && maxWeight < 1,
      at(
        path('maxWeight'),
        'Le poids maximal se compte en grammes, à partir de 1 ; laissez vide pour tous les colis.',
      ),
    ),
    ...when(
      (maxDays ?? 0) < (minDays ?? 0),
      at(
        path('maxDays'),
        `Le délai maximal (${maxDays ?? 0}) est plus court que le minimal (${minDays ?? 0}).`,
      ),
    ),
  ];
}

function rateProblems(rate: Rate, index: number, all: readonly Rate[]): Problem[] {
  const path: Path = (field) => ['shipping', index, field];
  return [
    ...countryProblems(rate, isRepeated(rate, index, all), path),
    ...methodNameProblems(rate, path),
    ...rateAmountProblems(rate, path),
  ];
}

/**
 * Everything that refuses saved settings; empty fields are no problem here, a shop fills them in as
 * it goes.
 */
export function settingsProblems({
  siret,
  vatNumber,
  email,
  phone,
  shipping,
}: SavedSettings): Problem[] {
  return [
    ...when(
      siret !== '' && !isSiret(siret),
      at(
        ['siret'],
        `Le SIRET « ${siret} » n’est pas valable : 14 chiffres, dont le dernier est une clé.`,
      ),
    ),
    ...when(
      vatNumber !== '' && !isVatNumber(vatNumber),
      at(
        ['vatNumber'],
        `Le numéro de TVA « ${vatNumber} » n’est pas valable : par exemple « FR 12 345678901 ».`,
      ),
    ),
    ...when(
      email !== '' && !/^[^\s@?&<>"]+@[^\s@?&<>"]+\.[^\s@?&<>".]{2,}$/.test(email),
      at(
        ['email'],
        `L’adresse « ${email} » n’est pas valable : par exemple « bonjour@exemple.fr ».`,
      ),
    ),
    ...when(
      phone !== '' && !/^\+?[\d\s().-]{6,25}$/.test(phone),
      at(
        ['phone'],
        `Le téléphone « ${phone} » n’est pas valable : chiffres et espaces, par exemple « +33 4 75 00 00 00 ».`,
      ),
    ),
    ...(shipping ?? []).flatMap(rateProblems),
  ];
}
