import { expect, test } from 'vitest';

import { EMPTY_STATE } from '../../client/catalogue-dump.ts';
import { CatalogueReader } from '../../client/catalogue-reader.ts';
import type { OrderResult, OrdersApi } from '../../client/orders-api.ts';
import type { Visit } from '../../client/visit.ts';
import type { Counter } from '../cart/cart.ts';
import { showOrder } from './order-page.ts';

const NUMBER = 'AH-7K3M9QXT';
const nobody = async (): Promise<never> => {
  throw new Error('not asked in these tests');
};
const counterWith = (more: Partial<OrdersApi>): Counter => ({
  orders: { quote: nobody, place: nobody, read: nobody, sendLink: nobody, ...more },
  catalogue: new CatalogueReader(EMPTY_STATE, false),
  locale: 'fr',
  mayPayAt: () => true,
});
const counter = (read: OrderResult): Counter => counterWith({ read: async () => read });
const visit = (more: Partial<Visit>): Visit => ({
  method: 'GET',
  cookies: new Map(),
  query: new URLSearchParams(),
  form: new URLSearchParams(),
  client: '127.0.0.1',
  ...more,
});
const look = (query: string): Visit => visit({ query: new URLSearchParams(`token=t${query}`) });

test.each<[string, string | undefined, number | undefined, string | null]>([
  ['', `/commande/${NUMBER}?token=t&essai=1`, 2, null],
  ['&paye=1', `/commande/${NUMBER}?token=t&paye=1&essai=1`, 2, 'confirming'],
  ['&attente=1&essai=6', `/commande/${NUMBER}?token=t&attente=1&essai=7`, 10, 'preparing'],
  ['&paye=1&essai=14', undefined, undefined, 'confirming'],
])(
  'with the API away, %j is looked at again from where the buyer came, until it is enough',
  async (query, to, seconds, waiting) => {
    const reply = await showOrder(
      counter({ ok: false, reason: 'unreachable' }),
      look(query),
      NUMBER,
    );
    expect(reply).toMatchObject({
      kind: 'page',
      status: 503,
      retryAfter: 10,
      page: { number: NUMBER, away: true, waiting, patient: to !== undefined },
    });
    expect(reply).toHaveProperty('refresh', to === undefined ? undefined : { seconds, to });
  },
);
