import { z } from 'zod';

/** `PUT /commerce/stock/:sku/threshold` → the level. From this many pieces down, shoppers read that it is soon gone and staff get a mail. */
export const thresholdSchema = z.object({ lowThreshold: z.int('un nombre entier').min(0, 'zéro ou plus').max(10_000, 'au plus 10 000') });

/** `GET /commerce/stock/:sku/movements?page=` → `{data: StockHistoryRow[], meta: {page, pageSize, total}}`, newest first. Pieces; `reason` and `actor` in staff's words. */
export interface StockHistoryRow { at: string; delta: number; reservedDelta: number; reason: string; actor: string; orderNumber: string | null }
