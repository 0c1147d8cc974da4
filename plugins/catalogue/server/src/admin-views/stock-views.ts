import type { View } from './view-types.ts';

const level: View = {
  uid: 'plugin::commerce.stock-level',
  mainField: 'sku',
  sort: ['sku', 'ASC'],
  list: ['sku', 'on_hand', 'reserved', 'low_threshold'],
  rows: [
    [
      ['sku', 6],
      ['low_threshold', 6],
    ],
    [
      ['on_hand', 6],
      ['reserved', 6],
    ],
  ],
  fields: {
    sku: ['SKU'],
    on_hand: ['En stock'],
    reserved: ['Réservé'],
    low_threshold: ['Seuil d’alerte'],
  },
};

const movement: View = {
  uid: 'plugin::commerce.stock-movement',
  mainField: 'sku',
  sort: ['createdAt', 'DESC'],
  list: ['createdAt', 'sku', 'delta', 'reason', 'actor'],
  rows: [
    [
      ['sku', 6],
      ['delta', 6],
    ],
    [
      ['reason', 6],
      ['actor', 6],
    ],
    [['order_number', 6]],
  ],
  fields: {
    sku: ['SKU'],
    delta: ['Variation'],
    reason: ['Motif'],
    actor: ['Par'],
    order_number: ['Commande'],
  },
};

/** What the merchant reads about stock; it changes on the stock page only. */
export const STOCK_VIEWS = { contentTypes: [level, movement], components: [] } as const;
