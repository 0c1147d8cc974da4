import type { Today } from '../../../domain/staff-order-api.ts';
import { counted } from '../ui/french.ts';

/** What the day's revenue leaves out; null when there is nothing to say. */
export const testNote = ({ testOrders }: Pick<Today, 'testOrders'>): string | null =>
  testOrders === 0
    ? null
    : `${counted(testOrders, 'commande d’essai, non comptée', 'commandes d’essai, non comptées')}.`;

/** `commande payée` beside its number. */
export const paidWord = (orders: number): string =>
  orders < 2 ? 'commande payée' : 'commandes payées';
/** `1 commande payée`, `Aucune commande payée`. */
export const ordersNote = ({ orders }: Pick<Today, 'orders'>): string =>
  orders === 0 ? 'Aucune commande payée' : `${orders}\u00a0${paidWord(orders)}`;
