import {
  DEFAULT_LOCALE,
  DEFAULT_PAGE_SIZE,
  type Locale,
  LOCALES,
  MAX_PAGE_SIZE,
  PRODUCT_SORTS,
  type ProductSort,
  REFERENCE_PATTERN,
  SLUG_PATTERN,
  VERSION_PATTERN,
} from '@comptoir/contracts';

export interface ListQuery {
  locale: Locale;
  search: string;
  category: string | null;
  sort: ProductSort;
  page: number;
  pageSize: number;
}
/** A refused parameter. `message` names it and says what to send instead. */
interface Refusal {
  ok: false;
  parameter: string;
  message: string;
}
type Parsed<T> = { ok: true; value: T } | Refusal;

const MAX_SEARCH = 100;
const MAX_PAGE = 100_000;
// Control characters have no place in any parameter.
const CONTROL = /[\u0000-\u001f\u007f]/;

const refuse = (parameter: string, message: string): Refusal => ({ ok: false, parameter, message });

/** Decodes strictly: invalid UTF-8 and repeated parameters are refused rather than guessed. */
function parameters(search: string, allowed: readonly string[]): Parsed<Map<string, string>> {
  const found = new Map<string, string>();
  for (const pair of search.replace(/^\?/, '').split('&')) {
    if (pair === '') continue;
    const [name, value] = decodePair(pair);
    if (name === null || !allowed.includes(name)) {
      return refuse(
        name ?? 'query',
        `Unknown parameter ${JSON.stringify((name ?? pair).slice(0, 60))}; known ones: ${allowed.join(', ')}.`,
      );
    }
    if (value === null || CONTROL.test(value))
      return refuse(
        name,
        `Parameter ${name} is not valid text; send it as percent-encoded UTF-8 without control characters.`,
      );
    if (found.has(name)) return refuse(name, `Parameter ${name} is given twice; send it once.`);
    found.set(name, value);
  }
  return { ok: true, value: found };
}

function decodePair(pair: string): [string | null, string | null] {
  const at = pair.indexOf('=');
  const decode = (text: string): string | null => {
    try {
      return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
      return null;
    }
  };
  return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
}

const isOneOf = <T extends string>(values: readonly T[], value: string): value is T =>
  values.some((known) => known === value);

function oneOf<T extends string>(
  found: Map<string, string>,
  name: string,
  values: readonly T[],
  fallback: T,
): Parsed<T> {
  const value = found.get(name);
  if (value === undefined) return { ok: true, value: fallback };
  return isOneOf(values, value)
    ? { ok: true, value }
    : refuse(name, `Parameter ${name} must be one of ${values.join(', ')}.`);
}

function whole(
  found: Map<string, string>,
  name: string,
  max: number,
  fallback: number,
): Parsed<number> {
  const value = found.get(name);
  if (value === undefined) return { ok: true, value: fallback };
  const number = /^[1-9]\d{0,6}$/.test(value) ? Number(value) : Number.NaN;
  return number <= max
    ? { ok: true, value: number }
    : refuse(name, `Parameter ${name} must be a whole number from 1 to ${max}.`);
}

function textOf(found: Map<string, string>): Parsed<{ search: string; category: string | null }> {
  const search = found.get('search') ?? '';
  if (search.length > MAX_SEARCH)
    return refuse(
      'search',
      `Parameter search may have ${MAX_SEARCH} characters at most; shorten it.`,
    );
  const category = found.get('category') ?? null;
  if (category !== null && (category.length > 120 || !SLUG_PATTERN.test(category))) {
    return refuse(
      'category',
      'Parameter category must be a category key or slug: lower-case letters, digits and single hyphens.',
    );
  }
  return { ok: true, value: { search, category } };
}

const LIST = ['locale', 'search', 'category', 'sort', 'pagination[page]', 'pagination[pageSize]'];

/** Parses the query of `GET /api/produits`; `search` is everything after the path, `?` included. */
export function parseListQuery(search: string): Parsed<ListQuery> {
  const found = parameters(search, LIST);
  if (!found.ok) return found;
  const locale = oneOf(found.value, 'locale', LOCALES, DEFAULT_LOCALE);
  if (!locale.ok) return locale;
  const sort = oneOf(found.value, 'sort', PRODUCT_SORTS, 'position');
  if (!sort.ok) return sort;
  const page = whole(found.value, 'pagination[page]', MAX_PAGE, 1);
  if (!page.ok) return page;
  const pageSize = whole(found.value, 'pagination[pageSize]', MAX_PAGE_SIZE, DEFAULT_PAGE_SIZE);
  if (!pageSize.ok) return pageSize;
  const text = textOf(found.value);
  if (!text.ok) return text;
  return {
    ok: true,
    value: {
      ...text.value,
      locale: locale.value,
      sort: sort.value,
      page: page.value,
      pageSize: pageSize.value,
    },
  };
}

/** Parses the query of `GET /api/produits/:id`. */
export function parseDetailQuery(search: string): Parsed<Locale> {
  const found = parameters(search, ['locale']);
  return found.ok ? oneOf(found.value, 'locale', LOCALES, DEFAULT_LOCALE) : found;
}

/**
 * Parses the query of `GET /api/produits/instantane`: the version after which changes are wanted,
 * or null for the whole.
 */
export function parseFollowQuery(search: string): Parsed<string | null> {
  const found = parameters(search, ['after']);
  if (!found.ok) return found;
  const after = found.value.get('after') ?? null;
  if (after !== null && !VERSION_PATTERN.test(after))
    return refuse('after', 'Parameter after must be a version as answered before: epoch.n.');
  return { ok: true, value: after };
}

/**
 * Parses the `{id}` of a product's address, still percent-encoded; null when it can be neither a
 * reference nor a slug.
 */
export function parseProductId(raw: string): string | null {
  if (raw.length > 360) return null;
  try {
    const id = decodeURIComponent(raw);
    return REFERENCE_PATTERN.test(id) || (id.length <= 120 && SLUG_PATTERN.test(id)) ? id : null;
  } catch {
    return null;
  }
}
