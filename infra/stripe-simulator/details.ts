import { z } from 'zod';

import type { Details, Session } from './objects.ts';
import type { PayTexts } from './pay-texts.ts';

/** The pay page's form, as typed. */
export type Typed = Readonly<
  Record<'name' | 'email' | 'phone' | 'line1' | 'line2' | 'postalCode' | 'city' | 'country', string>
>;
export type FieldName = keyof Typed;

const FRANCE = ['12 rue des Potiers', '49000', 'Angers', '+33 6 12 34 56 78'] as const;
/** A plausible address that belongs to no one, by country: street, postcode, city, telephone. */
const examples: Readonly<Record<string, readonly [string, string, string, string]>> = {
  FR: FRANCE,
  BE: ['Rue de la Faïence 8', '1000', 'Bruxelles', '+32 470 12 34 56'],
  LU: ['5 rue du Moulin', '1234', 'Luxembourg', '+352 621 123 456'],
  DE: ['Töpferweg 8', '10115', 'Berlin', '+49 1512 3456789'],
  IT: ['Via dei Vasai 8', '00184', 'Roma', '+39 312 345 6789'],
  ES: ['Calle Alfarero 8', '28004', 'Madrid', '+34 612 34 56 78'],
  NL: ['Pottenbakkersstraat 8', '1011 AB', 'Amsterdam', '+31 6 12345678'],
  AT: ['Hafnergasse 8', '1020', 'Wien', '+43 660 1234567'],
  PT: ['Rua dos Oleiros 8', '1100-001', 'Lisboa', '+351 912 345 678'],
  CH: ['Chemin du Four 8', '1201', 'Genève', '+41 78 123 45 67'],
  GB: ['8 Kiln Lane', 'SW1A 1AA', 'London', '+44 7700 900123'],
  IE: ['8 Kiln Lane', 'D02 X285', 'Dublin', '+353 85 123 4567'],
};

/** What the form holds at first: an example in the first country that the session ships to. */
export const exampleOf = (session: Session): Typed => {
  const country = session.countries?.[0] ?? 'FR';
  const [line1, postalCode, city, phone] = examples[country] ?? FRANCE;
  return {
    name: 'Camille Exemple',
    email: session.customerEmail ?? 'camille@example.org',
    phone,
    line1,
    line2: '',
    postalCode,
    city,
    country,
  };
};

const field = z.string().trim().max(200).default('');
const typedSchema = z.object({
  name: field,
  email: field,
  phone: field,
  line1: field,
  line2: field,
  postalCode: field,
  city: field,
  country: field,
});
export const typedOf = (form: URLSearchParams): Typed =>
  typedSchema.parse(
    Object.fromEntries([...form].map(([key, value]) => [key, value.slice(0, 200)])),
  );

export type FieldErrors = Partial<Record<FieldName, string>>;

/** The fields that the page shows for a session. */
export const shownFields = (session: Session): FieldName[] => [
  'email',
  ...(session.phone ? ['phone' as const] : []),
  'name',
  ...(session.countries === null
    ? []
    : (['line1', 'line2', 'postalCode', 'city', 'country'] as const)),
];

/** What is wrong with the form, by field, in the page's language. */
export const errorsOf = (session: Session, typed: Typed, texts: PayTexts): FieldErrors => {
  const errors: FieldErrors = {};
  for (const name of shownFields(session))
    if (typed[name] === '' && name !== 'line2') errors[name] = texts.required;
  if (typed.email !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(typed.email))
    errors.email = texts.badEmail;
  if (
    session.countries !== null &&
    typed.country !== '' &&
    !session.countries.includes(typed.country)
  )
    errors.country = texts.badCountry;
  return errors;
};

/**
 * What the session remembers of the buyer. An address given to the session beforehand wins over a
 * typed one.
 */
export const detailsOf = (session: Session, typed: Typed): Details => ({
  name: typed.name,
  email: session.customerEmail ?? typed.email,
  phone: session.phone ? typed.phone : null,
  address:
    session.countries === null
      ? null
      : {
          line1: typed.line1,
          line2: typed.line2 === '' ? null : typed.line2,
          postal_code: typed.postalCode,
          city: typed.city,
          state: null,
          country: typed.country,
        },
});
