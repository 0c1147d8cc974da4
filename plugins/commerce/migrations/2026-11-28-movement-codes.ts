import type { Migration } from '@comptoir/database/migrate';

import { check } from './ledger-rules.ts';

/**
 * The words that said an order's move before it had a code. Staff typed some of them too, in
 * movements without an order.
 */
const CODES = `case reason
    when 'Commande : réservation' then 'reserve'
    when 'Commande : réservation levée' then 'release'
    when 'Commande : vente' then 'sell'
    when 'Commande : vente (paiement tardif)' then 'take'
    when 'Commande : retour en rayon' then 'restock'
    when 'Commande : pièces revenues' then 'return'
  end`;

/**
 * What an order did to stock is a code; `reason` is for people. Old rows are append only, so the
 * trigger steps aside for this one change.
 */
export const movementCodes: Migration = {
  name: '2026-11-28-movement-codes',
  stage: 'after',
  steps: [
    'alter table stock_movements disable trigger stock_movements_append_only',
    `update stock_movements set move = ${CODES} where order_number is not null and move is null`,
    'alter table stock_movements enable trigger stock_movements_append_only',
    check(
      'stock_movements',
      'move',
      `move in ('reserve', 'release', 'sell', 'take', 'restock', 'return')`,
    ),
    // Not of old rows: a sentence that no version wrote has no code, and never counted as a move.
    {
      kind: 'constraint',
      name: 'stock_movements_order_move_check',
      create: `alter table stock_movements add constraint stock_movements_order_move_check
        check ((move is null) = (order_number is null)) not valid`,
    },
  ],
};
