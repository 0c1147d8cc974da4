import type { Locale, OrderStatus } from '@comptoir/contracts';

import { formatEuro } from '../../catalogue/domain/euro.ts';
import type { ReviewReason, StockMove } from './order-model.ts';

/** Staff's words for what programs write down. */
export const STATUS_WORDS: Readonly<Record<OrderStatus, string>> = {
  pending: 'En attente de paiement',
  paid: 'Payée',
  preparing: 'En préparation',
  shipped: 'Expédiée',
  expired: 'Expirée',
  cancelled: 'Annulée',
  needs_review: 'À vérifier',
  refunded: 'Remboursée',
};

/** Why an order waits for staff, and what they can do. */
export const REVIEW_WORDS: Readonly<Record<ReviewReason, string>> = {
  amount:
    'Le montant payé n’est pas celui de la commande. Acceptez-le, ou annulez pour tout rembourser.',
  currency: 'Le paiement n’est pas en euros. Annulez : il est rendu tel qu’il est venu.',
  mode: 'Le paiement et la commande ne sont pas du même mode, réel ou essai. Vérifiez les clés Stripe avant d’accepter.',
  'other-session':
    'L’argent est venu d’une autre page de paiement que celle de la commande. Vérifiez-le dans Stripe, puis acceptez ou annulez.',
  'paid-after-cancel':
    'La commande a été payée après son annulation. Acceptez-la si vous pouvez la servir, ou annulez pour rembourser.',
  'stock-short':
    'La commande est payée, mais ses pièces ne sont plus en stock. Ajoutez-en puis acceptez, ou annulez pour rembourser.',
  flagged: 'Stripe signale ce paiement. Regardez-le dans Stripe avant d’expédier.',
  'refund-failed':
    'Un remboursement n’a pas abouti : l’argent est resté chez vous. Relancez-le ; réglé autrement (un virement), classez la commande.',
  dispute:
    'La banque de l’acheteur conteste le paiement. Répondez dans Stripe avant la date limite et n’expédiez rien d’ici là.',
  ledger:
    'Le relevé de Stripe et celui de la boutique ne disent pas la même chose. Comparez-les avant d’accepter.',
};

/**
 * What an order did to stock, as the stock page shows it; the code in `stock_movements.move` is
 * what counts.
 */
export const MOVE_WORDS: Readonly<Record<StockMove, string>> = {
  reserve: 'Commande : réservation',
  release: 'Commande : réservation levée',
  sell: 'Commande : vente',
  take: 'Commande : vente (paiement tardif)',
  restock: 'Commande : retour en rayon',
  return: 'Commande : pièces revenues',
};

/** Reasons of refunds that programs ask for, in the buyer's language. */
const REFUND_REASONS: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  surplus: { fr: 'Paiement en double', en: 'Paid twice' },
  late: {
    fr: 'Paiement arrivé trop tard, pièces déjà vendues',
    en: 'The payment came too late, the pieces were sold',
  },
  cancelled: { fr: 'Commande annulée', en: 'Order cancelled' },
  stripe: { fr: 'Remboursé depuis Stripe', en: 'Refunded by the shop' },
};
/** A refund's reason as people read it; what staff typed stays. */
export const refundReason = (stored: string, locale: Locale = 'fr'): string =>
  Object.hasOwn(REFUND_REASONS, stored) ? (REFUND_REASONS[stored]?.[locale] ?? stored) : stored;

const amountOf = (cents: unknown): string => (typeof cents === 'number' ? formatEuro(cents) : '');
const typed = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? ` : ${value}` : '';

type Detail = Readonly<Record<string, unknown>>;
const EVENT_WORDS: Readonly<Record<string, (detail: Detail) => string>> = {
  placed: () => 'Commande passée, pièces réservées',
  'session-opened': () => 'Page de paiement ouverte',
  'session-closing': () => 'Page de paiement fermée',
  'session-refused': () => 'Stripe a refusé d’ouvrir un paiement, pièces libérées',
  'session-expired': ({ why }) =>
    `${why === 'bounced' ? 'Paiement différé refusé par la banque' : 'Paiement non fait à temps'}, pièces libérées`,
  'payment-failed': () => 'Paiement refusé par la banque',
  'payment-received': ({ to }) =>
    to === 'needs_review' ? 'Paiement reçu, à vérifier' : 'Paiement reçu',
  'settled-free': () => 'Commande gratuite confirmée',
  flagged: () => 'Signalée par Stripe',
  approved: () => 'Paiement accepté',
  'dispute-recorded': () => 'Contestation du paiement : nouvelles de la banque',
  'session-lost': () => 'Page de paiement non ouverte, nouvel essai',
  'put-aside': ({ why }) => `Classée, réglée autrement${typed(why)}`,
  'refunds-retried': () => 'Remboursements relancés',
  cancelled: ({ why }) => `Commande annulée${typed(why)}`,
  'preparing-started': () => 'Préparation commencée',
  shipped: ({ from }) => (from === undefined ? 'Suivi corrigé' : 'Colis expédié'),
  'refund-requested': ({ amount, reason }) =>
    `Remboursement de ${amountOf(amount)} demandé${typed(typeof reason === 'string' ? refundReason(reason) : reason)}`,
  'refund-refused': () => 'Remboursement refusé par Stripe',
  'refund-recorded': () => 'Remboursement enregistré',
};
/** One entry of an order's timeline in words; a kind that is not known here is shown as it is. */
export const eventWords = (kind: string, detail: Detail): string =>
  Object.hasOwn(EVENT_WORDS, kind) ? (EVENT_WORDS[kind]?.(detail) ?? kind) : kind;

const DIFFERENCES: Readonly<Record<string, string>> = {
  paid_without_order: 'Encaissé par Stripe, sans commande payée',
  payment_missing_at_stripe: 'Paiement inconnu de Stripe',
  payment_differs: 'Paiement d’un autre montant chez Stripe',
  refund_unrecorded: 'Remboursement fait chez Stripe, absent ici',
  refund_differs: 'Remboursement différent chez Stripe',
  refund_missing_at_stripe: 'Remboursement inconnu de Stripe',
};
export const differenceWords = (kind: string): string => DIFFERENCES[kind] ?? kind;

const MAILS: Readonly<Record<string, string>> = {
  'order-confirmed': 'Confirmation de commande',
  'order-shipped': 'Avis d’expédition',
  'order-refunded': 'Avis de remboursement',
  'order-expired': 'Commande expirée',
  'payment-failed': 'Paiement refusé',
  'order-link': 'Lien vers la commande',
  'merchant-new-order': 'Nouvelle commande (boutique)',
  'merchant-needs-review': 'À vérifier (boutique)',
  'merchant-low-stock': 'Stock bas (boutique)',
  'staff-password': 'Nouveau mot de passe',
  'staff-message': 'Message à l’équipe',
};
export const mailWords = (kind: string): string => MAILS[kind] ?? kind;

/** `2 pièces réservées`, `1 pièce vendue`. Deltas in pieces. */
export function movementWords(sku: string, delta: number, reservedDelta: number): string {
  const pieces = (count: number, done: string, rest = ''): string =>
    `${count} pièce${count > 1 ? 's' : ''} ${done}${count > 1 ? 's' : ''}${rest} (${sku})`;
  if (delta < 0) return pieces(-delta, 'vendue');
  if (delta > 0) return pieces(delta, 'remise', ' en stock');
  return reservedDelta > 0 ? pieces(reservedDelta, 'réservée') : pieces(-reservedDelta, 'libérée');
}
