import { expect, test } from 'vitest';

import { ORDER_FILTERS, orderListQuerySchema } from '../../../domain/staff-order-api.ts';
import { countOf, FILTERS, listAddress, listRequest, readListQuery } from './list-query.ts';

test.each([
  ['', { filter: 'todo', search: '', page: 1 }],
  ['filter=needs_review&search=marie&page=3', { filter: 'needs_review', search: 'marie', page: 3 }],
  ['filter=all', { filter: 'all', search: '', page: 1 }],
  ['filter=nonsense&page=-2', { filter: 'todo', search: '', page: 1 }],
  ['page=1.5', { filter: 'todo', search: '', page: 1 }],
  ['page=99999999', { filter: 'todo', search: '', page: 1 }],
])('the address %j', (address, query) =>
  expect(readListQuery(new URLSearchParams(address))).toEqual(query),
);

test('a search longer than the server takes is cut', () =>
  expect(readListQuery(new URLSearchParams({ search: 'x'.repeat(500) })).search).toHaveLength(120));

test.each([
  ['all', 'été & fils', 2],
  ['todo', '', 1],
  ['shipped', 'a@b.fr', 1],
] as const)('address and back: %s, %s, %i', (filter, search, page) => {
  expect(readListQuery(new URLSearchParams(listAddress({ filter, search, page })))).toEqual({
    filter,
    search,
    page,
  });
});
test('what goes without saying is left out', () =>
  expect(listAddress({ filter: 'todo', search: ' ', page: 1 })).toBe(''));

test.each(FILTERS)('the server takes what $text asks for', ({ filter }) => {
  const asked = Object.fromEntries(
    new URL(listRequest({ filter, search: ' AH-7 ', page: 2 }), 'http://x').searchParams,
  );
  expect(orderListQuerySchema.parse(asked)).toEqual({
    search: 'AH-7',
    page: 2,
    pageSize: 25,
    ...(filter === 'all' ? {} : { filter }),
  });
});

const counts = {
  todo: 6,
  pending: 1,
  paid: 3,
  preparing: 2,
  shipped: 10,
  expired: 4,
  cancelled: 5,
  needs_review: 1,
  refunded: 7,
};
test('all orders are counted once', () => expect(countOf(counts, 'all')).toBe(33));
test.each(ORDER_FILTERS)('%s has a tab', (filter) =>
  expect(FILTERS.map((one) => one.filter)).toContain(filter),
);
