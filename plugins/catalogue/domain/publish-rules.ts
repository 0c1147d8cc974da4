import {
  type Locale,
  LOCALES,
  REFERENCE_PATTERN,
  RESERVED_REFERENCES,
  SKU_PATTERN,
  SLUG_PATTERN,
} from '@comptoir/contracts';

import type { InLanguages, PageDocument, ProductDocument } from './document-schemas.ts';

/**
 * One reason a publish is refused: the field's path in the admin's form, and what to do about it,
 * in French.
 */
export interface Problem {
  path: (string | number)[];
  message: string;
}

/**
 * What other documents already use. `slugs` names the holder of this product's slug in a language.
 */
export interface TakenNames {
  reference: boolean;
  skus: ReadonlyMap<string, string>;
  slugs: InLanguages<string>;
}
export const NOTHING_TAKEN: TakenNames = { reference: false, skus: new Map(), slugs: {} };

const LANGUAGE: Record<Locale, string> = { fr: 'française', en: 'anglaise' };
const IN: Record<Locale, string> = { fr: 'en français', en: 'en anglais' };
const problem = (path: (string | number)[], message: string): Problem => ({ path, message });
const when = (refused: boolean, ...found: Problem[]): Problem[] => (refused ? found : []);

function missingLanguages(versions: InLanguages<unknown>): Problem[] {
  return LOCALES.filter((locale) => !versions[locale]).map((locale) =>
    problem(
      ['locale'],
      `La version ${LANGUAGE[locale]} manque : choisissez cette langue en haut de la fiche, remplissez-la et enregistrez-la, puis publiez.`,
    ),
  );
}

function referenceProblems({ reference }: ProductDocument, taken: TakenNames): Problem[] {
  const at = (message: string): Problem[] => [problem(['reference'], message)];
  if (reference === '') return at('La référence manque : donnez-en une, par exemple « ah-009 ».');
  if (RESERVED_REFERENCES.includes(reference))
    return at(`La référence « ${reference} » est réservée : choisissez-en une autre.`);
  if (!REFERENCE_PATTERN.test(reference))
    return at(
      `La référence « ${reference} » n’est pas valable : 2 à 40 lettres minuscules sans accent, chiffres et tirets.`,
    );
  return taken.reference
    ? at(
        `La référence « ${reference} » est déjà celle d’un autre produit : choisissez-en une autre.`,
      )
    : [];
}

function slugProblems(slug: string, locale: Locale, holder: string | undefined): Problem[] {
  const at = (message: string): Problem[] => [problem(['slug'], message)];
  if (slug === '')
    return at(
      `L’adresse (slug) manque ${IN[locale]} : remplissez-la, ou donnez un nom dont elle puisse être tirée.`,
    );
  if (!SLUG_PATTERN.test(slug) || slug.length > 120)
    return at(
      `L’adresse « ${slug} » ${IN[locale]} n’est pas valable : lettres minuscules sans accent, chiffres et tirets simples.`,
    );
  return holder === undefined
    ? []
    : at(`L’adresse « ${slug} » ${IN[locale]} est déjà prise par « ${holder} » : changez-la.`);
}

function textProblems(
  { name, slug }: ProductDocument,
  locale: Locale,
  taken: TakenNames,
): Problem[] {
  return [
    ...when(name === '', problem(['name'], `Le nom manque ${IN[locale]} : ajoutez-le.`)),
    ...slugProblems(slug, locale, taken.slugs[locale]),
  ];
}

function pictureProblems({ pictures }: ProductDocument): Problem[] {
  if (!pictures.some(({ hasMedia }) => hasMedia))
    return [problem(['pictures'], 'Il n’y a pas d’image : ajoutez-en au moins une.')];
  return pictures.flatMap(({ hasMedia, facts, altFr, altEn }, index) => [
    ...when(
      !hasMedia,
      problem(
        ['pictures', index, 'media'],
        `L’image ${index + 1} est vide : choisissez un fichier ou retirez-la.`,
      ),
    ),
    ...when(
      hasMedia && facts === null,
      problem(
        ['pictures', index, 'media'],
        `L’image ${index + 1} n’est pas prête : remplacez le fichier dans la médiathèque.`,
      ),
    ),
    ...when(
      altFr === '',
      problem(
        ['pictures', index, 'altFr'],
        `Le texte alternatif en français de l’image ${index + 1} manque : décrivez l’image en une phrase.`,
      ),
    ),
    ...when(
      altEn === '',
      problem(
        ['pictures', index, 'altEn'],
        `Le texte alternatif en anglais de l’image ${index + 1} manque : décrivez l’image en une phrase.`,
      ),
    ),
  ]);
}

type Variant = ProductDocument['variants'][number];

function skuProblems(
  { sku }: Variant,
  index: number,
  all: readonly Variant[],
  taken: TakenNames,
): Problem[] {
  const at = (message: string): Problem[] => [problem(['variants', index, 'sku'], message)];
  if (sku === '') return at(`Le SKU de la déclinaison ${index + 1} manque : donnez-en un.`);
  if (!SKU_PATTERN.test(sku))
    return at(
      `Le SKU « ${sku} » n’est pas valable : 2 à 60 lettres minuscules sans accent, chiffres et tirets.`,
    );
  if (all.findIndex((other) => other.sku === sku) < index)
    return at(`Le SKU « ${sku} » est donné deux fois dans ce produit : changez l’un des deux.`);
  const holder = taken.skus.get(sku);
  return holder === undefined
    ? []
    : at(`Le SKU « ${sku} » est déjà celui du produit « ${holder} » : changez-le.`);
}

function amountProblems({ price, vatRate, weight }: Variant, index: number): Problem[] {
  const of = `de la déclinaison ${index + 1}`;
  return [
    ...when(
      price === null,
      problem(['variants', index, 'price'], `Le prix ${of} manque : indiquez-le, TVA comprise.`),
    ),
    ...when(
      price !== null && price <= 0,
      problem(['variants', index, 'price'], `Le prix ${of} doit être supérieur à zéro.`),
    ),
    ...when(
      vatRate === null,
      problem(
        ['variants', index, 'vatRate'],
        `Le taux de TVA ${of} manque : 20 % le plus souvent.`,
      ),
    ),
    ...when(
      vatRate !== null && (vatRate < 0 || vatRate > 10_000),
      problem(['variants', index, 'vatRate'], `Le taux de TVA ${of} doit être entre 0 et 100 %.`),
    ),
    ...when(
      weight !== null && weight < 0,
      problem(['variants', index, 'weight'], `Le poids ${of} ne peut pas être négatif.`),
    ),
  ];
}

function variantProblems({ variants }: ProductDocument, taken: TakenNames): Problem[] {
  if (variants.length === 0)
    return [
      problem(
        ['variants'],
        'Il n’y a pas de prix : ajoutez au moins une déclinaison avec son SKU et son prix.',
      ),
    ];
  return variants.flatMap((variant, index) => [
    ...skuProblems(variant, index, variants, taken),
    ...amountProblems(variant, index),
  ]);
}

/** Everything that refuses the publication of a product; empty when nothing does. */
export function productProblems(
  versions: InLanguages<ProductDocument>,
  taken: TakenNames = NOTHING_TAKEN,
): Problem[] {
  const shared = versions.fr ?? versions.en;
  if (!shared) return missingLanguages(versions);
  const texts = LOCALES.flatMap((locale) =>
    versions[locale] ? textProblems(versions[locale], locale, taken) : [],
  );
  return [
    ...missingLanguages(versions),
    ...referenceProblems(shared, taken),
    ...texts,
    ...pictureProblems(shared),
    ...variantProblems(shared, taken),
  ];
}

/** Everything that refuses the publication of a page. */
export function pageProblems(
  versions: InLanguages<PageDocument>,
  taken: TakenNames = NOTHING_TAKEN,
): Problem[] {
  const key = (versions.fr ?? versions.en)?.key ?? '';
  return [
    ...missingLanguages(versions),
    ...when(
      key === '',
      problem(['key'], 'La clé de la page manque : donnez-en une, par exemple « about ».'),
    ),
    ...when(
      taken.reference,
      problem(
        ['key'],
        `La clé « ${key} » est déjà celle d’une autre page : choisissez-en une autre.`,
      ),
    ),
    ...LOCALES.flatMap((locale) => {
      const page = versions[locale];
      if (!page) return [];
      return [
        ...when(
          page.title === '',
          problem(['title'], `Le titre manque ${IN[locale]} : ajoutez-le.`),
        ),
        ...slugProblems(page.slug, locale, taken.slugs[locale]),
      ];
    }),
  ];
}

interface CategoryNames {
  key?: string | null;
  slugFr?: string | null;
  slugEn?: string | null;
}

function categorySlugProblems(
  field: 'slugFr' | 'slugEn',
  slug: string,
  others: readonly CategoryNames[],
): Problem[] {
  const locale = field === 'slugFr' ? 'fr' : 'en';
  if (slug === '')
    return [
      problem(
        [field],
        `L’adresse manque ${IN[locale]} : remplissez-la, ou donnez un nom dont elle puisse être tirée.`,
      ),
    ];
  const [found] = slugProblems(
    slug,
    locale,
    others.find((other) => other[field] === slug)?.key ?? undefined,
  );
  return found ? [{ ...found, path: [field] }] : [];
}

/**
 * Everything that refuses a saved category; what was not sent (undefined) is not judged. `others`
 * are all categories but this one.
 */
export function categoryProblems(
  { key, slugFr, slugEn }: CategoryNames,
  others: readonly CategoryNames[],
): Problem[] {
  return [
    ...when(
      key !== undefined && !SLUG_PATTERN.test(key ?? ''),
      problem(
        ['key'],
        `Le code « ${key ?? ''} » n’est pas valable : lettres minuscules sans accent, chiffres et tirets, par exemple « bols ».`,
      ),
    ),
    ...when(
      key !== undefined && others.some((other) => other.key === key),
      problem(
        ['key'],
        `Le code « ${key ?? ''} » est déjà celui d’une autre catégorie : choisissez-en un autre.`,
      ),
    ),
    ...(slugFr === undefined ? [] : categorySlugProblems('slugFr', slugFr ?? '', others)),
    ...(slugEn === undefined ? [] : categorySlugProblems('slugEn', slugEn ?? '', others)),
  ];
}

/** Why a reference (or a page's key) may not change any more; null when it may. */
export function identityProblem(
  field: 'reference' | 'key',
  before: string,
  after: string | undefined,
): Problem | null {
  if (before === '' || after === undefined || after === before) return null;
  const what = field === 'reference' ? 'La référence' : 'La clé';
  return problem(
    [field],
    `${what} ne change plus après la création : remettez « ${before} », ou dupliquez la fiche pour en donner une autre.`,
  );
}
