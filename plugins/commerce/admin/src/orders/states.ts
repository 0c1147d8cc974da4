import type { OrderStatus } from '@comptoir/contracts';

import type { ReviewReason } from '../../../domain/order-model.ts';
import type { OrderAction } from '../../../domain/staff-order-api.ts';
import type { StaffAction } from '../../../domain/staff-permissions.ts';
import type { Tone } from '../ui/parts.tsx';

export const STATUS_TONES: Readonly<Record<OrderStatus, Tone>> = {
  pending: 'neutral',
  paid: 'success',
  preparing: 'warning',
  shipped: 'secondary',
  expired: 'neutral',
  cancelled: 'neutral',
  needs_review: 'danger',
  refunded: 'neutral',
};

/** Why an order waits, in the few words a row has room for. */
export const REVIEW_TITLES: Readonly<Record<ReviewReason, string>> = {
  amount: 'Montant différent',
  currency: 'Autre monnaie',
  mode: 'Réel ou essai',
  'other-session': 'Autre page de paiement',
  'paid-after-cancel': 'Payée après annulation',
  'stock-short': 'Pièces manquantes',
  flagged: 'Signalée par Stripe',
  'refund-failed': 'Remboursement échoué',
  dispute: 'Paiement contesté',
  ledger: 'Écart avec Stripe',
};

/** What each action needs of a role. */
const NEEDS: Readonly<Record<OrderAction, StaffAction>> = {
  prepare: 'orders.fulfil',
  ship: 'orders.fulfil',
  'correct-tracking': 'orders.fulfil',
  cancel: 'orders.money',
  approve: 'orders.money',
  'retry-refunds': 'orders.money',
  'put-aside': 'orders.money',
  refund: 'orders.money',
};
type May = (action: StaffAction) => boolean;

/** Actions that both the order's state and the role allow. */
export const allowedActions = (actions: readonly OrderAction[], may: May): OrderAction[] =>
  actions.filter((action) => may(NEEDS[action]));

/** The week's next step of an order in a list; null when there is none for this role. */
export function nextStep(status: OrderStatus, may: May): 'prepare' | 'ship' | null {
  const step = status === 'paid' ? 'prepare' : status === 'preparing' ? 'ship' : null;
  return step !== null && may(NEEDS[step]) ? step : null;
}
