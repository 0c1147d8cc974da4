import {
  ORDER_FILTERS,
  type OrderFilter,
  type OrderListMeta,
} from '../../../domain/staff-order-api.ts';

/** The list as its address tells it: a page can be kept, sent and gone back to. `all`: whatever the state. */
export interface ListQuery {
  filter: OrderFilter | 'all';
  search: string;
  page: number;
}

export const PAGE_SIZE = 25;

const isFilter = (text: string | null): text is ListQuery['filter'] =>
  text === 'all' || (ORDER_FILTERS as readonly (string | null)[]).includes(text);

/** Reads an address that anyone may have typed. */
export function readListQuery(params: URLSearchParams): ListQuery {
  const filter = params.get('filter');
  const page = Number(params.get('page'));
  return {
    filter: isFilter(filter) ? filter : 'todo',
    search: (params.get('search') ?? '').slice(0, 120),
    page: Number.isSafeInteger(page) && page >= 1 && page <= 10_000 ? page : 1,
  };
}

/** The address of a list; what goes without saying is left out. */
export function listAddress({ filter, search, page }: ListQuery): string {
  const params = new URLSearchParams({
    ...(filter === 'todo' ? {} : { filter }),
    ...(search.trim() === '' ? {} : { search }),
    ...(page === 1 ? {} : { page: String(page) }),
  });
  return params.size === 0 ? '' : `?${params.toString()}`;
}

/** Where the list's rows are asked for. */
export function listRequest({ filter, search, page }: ListQuery): string {
  const params = new URLSearchParams({
    ...(filter === 'all' ? {} : { filter }),
    search: search.trim(),
    page: String(page),
    pageSize: String(PAGE_SIZE),
  });
  return `/commerce/orders?${params.toString()}`;
}

/** Filters in the order staff meet them. */
export const FILTERS: readonly { filter: ListQuery['filter']; text: string }[] = [
  { filter: 'todo', text: 'À traiter' },
  { filter: 'all', text: 'Toutes' },
  { filter: 'needs_review', text: 'À vérifier' },
  { filter: 'paid', text: 'Payées' },
  { filter: 'preparing', text: 'En préparation' },
  { filter: 'shipped', text: 'Expédiées' },
  { filter: 'refunded', text: 'Remboursées' },
  { filter: 'cancelled', text: 'Annulées' },
  { filter: 'expired', text: 'Expirées' },
  { filter: 'pending', text: 'En attente' },
];

/** Orders behind a filter; `todo` is part of the others. */
export const countOf = (counts: OrderListMeta['counts'], filter: ListQuery['filter']): number =>
  filter === 'all'
    ? ORDER_FILTERS.filter((one) => one !== 'todo').reduce((sum, one) => sum + counts[one], 0)
    : counts[filter];
