import { z } from 'zod';

/**
 * `PUT /commerce/stock/:sku/threshold` → the level. From this many pieces down, shoppers read that
 * it is soon gone and staff get a mail.
 */
export const thresholdSchema = z.object({
  lowThreshold: z.int('un nombre entier').min(0, 'zéro ou plus').max(10_000, 'au plus 10 000'),
});

/**
 * `POST /commerce/stock/:sku/counts` → the level. `counted`: all pieces in the house, those that
 * orders have reserved and those of paid orders that have not left included; what becomes of
 * `onHand` is for the server to say.
 */
export const countSchema = z.object({
  counted: z.int('un nombre entier').min(0, 'zéro ou plus').max(1_000_000, 'au plus 1 000 000'),
  request: z
    .string('de 8 à 100 lettres, chiffres ou tirets')
    .regex(/^[A-Za-z0-9-]{8,100}$/, 'de 8 à 100 lettres, chiffres ou tirets'),
});

/**
 * `GET /commerce/stock/:sku/movements?page=` → `{data: StockHistoryRow[], meta: {page, pageSize,
 * total}}`, newest first. Pieces; `reason` and `actor` in staff's words.
 */
export interface StockHistoryRow {
  at: string;
  delta: number;
  reservedDelta: number;
  reason: string;
  actor: string;
  orderNumber: string | null;
}
