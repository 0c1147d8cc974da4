import { expect, test } from 'vitest';

import { EMPTY_STATE } from '../../client/catalogue-dump.ts';
import { CatalogueReader } from '../../client/catalogue-reader.ts';
import type { OrderResult, OrdersApi } from '../../client/orders-api.ts';
import type { PageRequest } from '../../http/page-request.ts';
import type { ShopContext } from '../../http/shop-context.ts';
import { showOrder } from './order-page.ts';

const NUMBER = 'AH-7K3M9QXT';
const unasked = async (): Promise<never> => {
  throw new Error('not asked in these tests');
};
const contextWith = (more: Partial<OrdersApi>): ShopContext => ({
  orders: { quote: unasked, place: unasked, read: unasked, sendLink: unasked, ...more },
  catalogue: new CatalogueReader(EMPTY_STATE, false),
  locale: 'fr',
  mayPayAt: () => true,
});
const context = (read: OrderResult): ShopContext => contextWith({ read: async () => read });
const request = (more: Partial<PageRequest>): PageRequest => ({
  method: 'GET',
  cookies: new Map(),
  query: new URLSearchParams(),
  form: new URLSearchParams(),
  clientAddress: '127.0.0.1',
  ...more,
});
const look = (query: string): PageRequest =>
  request({ query: new URLSearchParams(`token=t${query}`) });

test.each<[string, string | undefined, number | undefined, string | null]>([
  ['', `/commande/${NUMBER}?token=t&essai=1`, 2, null],
  ['&paye=1', `/commande/${NUMBER}?token=t&paye=1&essai=1`, 2, 'confirming'],
  ['&attente=1&essai=6', `/commande/${NUMBER}?token=t&attente=1&essai=7`, 10, 'preparing'],
  ['&paye=1&essai=14', undefined, undefined, 'confirming'],
])(
  'with the API away, %j is looked at again from where the buyer came, until it is enough',
  async (query, to, seconds, waiting) => {
    const answer = await showOrder(
      context({ ok: false, reason: 'unreachable' }),
      look(query),
      NUMBER,
    );

    expect(answer).toMatchObject({
      kind: 'page',
      status: 503,
      retryAfter: 10,
      props: { number: NUMBER, unreachable: true, waiting, patient: to !== undefined },
    });
    expect(answer).toHaveProperty('refresh', to === undefined ? undefined : { seconds, to });
  },
);
