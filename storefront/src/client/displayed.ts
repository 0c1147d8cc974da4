import type {
  CatalogueEntry,
  CategoryBody,
  Locale,
  PageBody,
  ProductBody,
  SettingsBody,
} from '@comptoir/contracts';

import { typeset } from './typography.ts';

/** Typeset forms by entry: a snapshot's entries never change, so each is typeset once. */
const known = new WeakMap<CatalogueEntry, CatalogueEntry>();
type Typeset = (text: string) => string;

const seo = ({ title, description }: ProductBody['seo'], shown: Typeset): ProductBody['seo'] => ({
  title: title && shown(title),
  description: description && shown(description),
});
const product = (body: ProductBody, shown: Typeset): ProductBody => ({
  ...body,
  name: shown(body.name),
  tagline: shown(body.tagline),
  dimensions: shown(body.dimensions),
  seo: seo(body.seo, shown),
  pictures: body.pictures.map((picture) => ({ ...picture, alt: shown(picture.alt) })),
  variants: body.variants.map((variant) => ({ ...variant, label: shown(variant.label) })),
});
const category = (body: CategoryBody, shown: Typeset): CategoryBody => ({
  ...body,
  name: shown(body.name),
  description: shown(body.description),
});
const page = (body: PageBody, shown: Typeset): PageBody => ({
  ...body,
  title: shown(body.title),
  seo: seo(body.seo, shown),
});
function settings(body: SettingsBody, shown: Typeset): SettingsBody {
  const { title, text, storyTitle, storyText, picture } = body.home;
  return {
    ...body,
    name: shown(body.name),
    notice: shown(body.notice),
    deliveryTime: shown(body.deliveryTime),
    home: {
      title: shown(title),
      text: shown(text),
      storyTitle: shown(storyTitle),
      storyText: shown(storyText),
      picture: picture && { ...picture, alt: shown(picture.alt) },
    },
  };
}

function typesetEntry(
  entry: Exclude<CatalogueEntry, { kind: 'availability' }>,
  locale: Locale,
): CatalogueEntry {
  const shown: Typeset = (text) => typeset(text, locale);
  if (entry.kind === 'product') return { ...entry, body: product(entry.body, shown) };
  if (entry.kind === 'category') return { ...entry, body: category(entry.body, shown) };
  if (entry.kind === 'page') return { ...entry, body: page(entry.body, shown) };
  return { ...entry, body: settings(entry.body, shown) };
}

/**
 * An entry with its plain texts as the shop shows them; Markdown is typeset where it is rendered.
 * What is stored stays as typed.
 */
export function displayed(entry: CatalogueEntry): CatalogueEntry {
  if (entry.kind === 'availability' || entry.locale !== 'fr') return entry;
  const shown = known.get(entry) ?? typesetEntry(entry, entry.locale);
  known.set(entry, shown);
  return shown;
}
