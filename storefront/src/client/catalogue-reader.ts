import type {
  AvailabilityState,
  CatalogueEntry,
  CategoryBody,
  EntryKind,
  Locale,
  PageBody,
  ProductBody,
  SettingsBody,
} from '@comptoir/contracts';
import { NO_LOCALE } from '@comptoir/contracts';

import type { CatalogueState, PieceName } from './catalogue-state.ts';
import { CONDITION_TAG, entryTag, formerKey, formerNameKey, listTag } from './catalogue-state.ts';
import { displayed } from './displayed.ts';
import { typeset } from './typography.ts';

interface Bodies {
  product: ProductBody;
  category: CategoryBody;
  page: PageBody;
  settings: SettingsBody;
  availability: AvailabilityBody;
}
type BodyOf<K extends EntryKind> = Bodies[K];
type AvailabilityBody = Extract<CatalogueEntry, { kind: 'availability' }>['body'];
type Addressed = 'product' | 'category' | 'page';
/** Where an address leads: the entry itself, or the address that the entry has now. */
export type Found<B> = { found: true; body: B } | { found: false; slug: string } | null;

/** Reads one state of the catalogue for one page, and remembers which entries it read. */
export class CatalogueReader {
  readonly tags = new Set<string>();
  readonly #state: CatalogueState;
  readonly #degraded: boolean;

  constructor(state: CatalogueState, degraded: boolean) {
    this.#state = state;
    this.#degraded = degraded;
  }

  /** True when shoppers should be told that they see a copy. */
  get degraded(): boolean {
    this.tags.add(CONDITION_TAG);
    return this.#degraded;
  }

  settings(locale: Locale): SettingsBody | null {
    return this.#one('settings', 'shop', locale);
  }
  products(locale: Locale): ProductBody[] {
    return this.#list('product', locale).sort(
      (a, b) => a.position - b.position || (a.reference < b.reference ? -1 : 1),
    );
  }
  categories(locale: Locale): CategoryBody[] {
    return this.#list('category', locale).sort((a, b) => a.position - b.position);
  }
  pages(locale: Locale): PageBody[] {
    return this.#list('page', locale).sort((a, b) => a.position - b.position);
  }
  category(key: string, locale: Locale): CategoryBody | null {
    return this.#one('category', key, locale);
  }
  page(key: string, locale: Locale): PageBody | null {
    return this.#one('page', key, locale);
  }

  /**
   * Availability of a SKU. An unknown SKU counts as sold out, so that the shop promises no piece by
   * mistake.
   */
  availability(sku: string): AvailabilityState {
    return this.#one('availability', sku, NO_LOCALE)?.state ?? 'out';
  }

  /**
   * Name of a piece that the shop no longer sells; null when this storefront never had it. Not for
   * cached pages: no tag follows the name.
   */
  formerName(sku: string, locale: Locale): PieceName | null {
    const found = this.#state.formerNames[formerNameKey(locale, sku)];
    return found
      ? { name: typeset(found.name, locale), label: typeset(found.label, locale) }
      : null;
  }

  /** Pieces left of a SKU; null unless they are few. */
  left(sku: string): number | null {
    return this.#one('availability', sku, NO_LOCALE)?.left ?? null;
  }

  productAt(slug: string, locale: Locale): Found<ProductBody> {
    return this.#at('product', slug, locale);
  }
  categoryAt(slug: string, locale: Locale): Found<CategoryBody> {
    return this.#at('category', slug, locale);
  }
  pageAt(slug: string, locale: Locale): Found<PageBody> {
    return this.#at('page', slug, locale);
  }

  /** Products before and after this one which suit it: same category first. At most `count`. */
  related(
    product: Pick<ProductBody, 'reference' | 'category'>,
    count: number,
    locale: Locale,
  ): ProductBody[] {
    const others = this.#keysInOrder(locale).filter(
      (other) => other.reference !== product.reference,
    );
    const rank = (other: ProductBody): number => (other.category === product.category ? 0 : 1);
    const chosen = others.sort((a, b) => rank(a) - rank(b)).slice(0, count);
    return chosen
      .map((other) => this.#one('product', other.reference, locale))
      .filter((body) => body !== null);
  }

  /** Rank of a product in the shop, from 1; what "piece no. 3" says. */
  rank(reference: string, locale: Locale): number {
    return this.#keysInOrder(locale).findIndex((product) => product.reference === reference) + 1;
  }

  #keysInOrder(locale: Locale): ProductBody[] {
    this.tags.add(listTag('product', locale));
    return this.#entries('product', locale)
      .map(({ body }) => body)
      .sort((a, b) => a.position - b.position || (a.reference < b.reference ? -1 : 1));
  }

  #entries<K extends EntryKind>(
    kind: K,
    locale: Locale | typeof NO_LOCALE,
  ): { key: string; body: BodyOf<K> }[] {
    const isWanted = (entry: CatalogueEntry): entry is CatalogueEntry & { body: Bodies[K] } =>
      entry.kind === kind && entry.locale === locale;
    return this.#state.snapshot.entries
      .filter((entry) => entry.kind === kind && entry.locale === locale)
      .map(displayed)
      .filter(isWanted)
      .map(({ key, body }) => ({ key, body }));
  }

  #one<K extends EntryKind>(
    kind: K,
    key: string,
    locale: Locale | typeof NO_LOCALE,
  ): BodyOf<K> | null {
    this.tags.add(entryTag({ kind, key, locale }));
    return this.#entries(kind, locale).find((entry) => entry.key === key)?.body ?? null;
  }

  #list<K extends EntryKind>(kind: K, locale: Locale): BodyOf<K>[] {
    this.tags.add(listTag(kind, locale));
    return this.#entries(kind, locale).map(({ key, body }) => {
      this.tags.add(entryTag({ kind, key, locale }));
      return body;
    });
  }

  /**
   * A key (the product's reference) wins over a slug and leads to it; so do former slugs and the
   * other language's.
   */
  #at<K extends Addressed>(kind: K, slug: string, locale: Locale): Found<BodyOf<K>> {
    const entries = this.#entries(kind, locale);
    const byKey = kind === 'product' ? entries.find(({ key }) => key === slug) : undefined;
    const exact = byKey ?? entries.find(({ body }) => body.slug === slug);
    const former = this.#state.formerSlugs[formerKey(kind, locale, slug)];
    const entry =
      exact ??
      entries.find(
        ({ key, body }) => key === former || body.slugs.fr === slug || body.slugs.en === slug,
      );
    if (entry) this.tags.add(entryTag({ kind, key: entry.key, locale }));
    // No entry has this address today. The list's tag makes the page render again once an entry
    // takes it.
    if (!exact) this.tags.add(listTag(kind, locale));
    if (!entry) return null;
    return entry.body.slug === slug
      ? { found: true, body: entry.body }
      : { found: false, slug: entry.body.slug };
  }
}
