import { formatEuro } from '../../../../catalogue/domain/euro.ts';
import type { StaffOrder } from '../../../domain/staff-order-api.ts';

/** What cancelling an order does, before staff confirm it. */
export function consequenceOf({
  paid,
  refunded,
  refundable,
  disputed,
}: Pick<StaffOrder, 'paid' | 'refunded' | 'refundable' | 'disputed'>): string {
  if (paid === 0)
    return 'Rien n’a été encaissé ; ses pièces redeviennent disponibles. C’est définitif.';
  const back =
    refundable > 0
      ? `${formatEuro(refundable)} sont rendus au client`
      : refunded > 0
        ? 'L’argent a déjà été rendu au client'
        : 'Rien n’est rendu pour l’instant';
  const held =
    disputed > 0
      ? ` ; ${formatEuro(disputed)} contestés par sa banque le seront si la contestation tombe`
      : '';
  return `${back}${held}. Ses pièces reviennent en stock. C’est définitif.`;
}

/** What accepting an order in review does: one that was paid before goes back to where it was. */
export function acceptanceOf({
  paidAt,
  refundable,
  total,
}: Pick<StaffOrder, 'paidAt' | 'refundable' | 'total'>): string {
  if (paidAt === null)
    return 'La commande devient payée, ses pièces sont prises dans le stock et le client reçoit sa confirmation.';
  const resumes =
    'La commande reprend là où elle en était. Rien n’est pris dans le stock ni écrit au client une seconde fois.';
  return refundable > total
    ? `${resumes} ${formatEuro(refundable - total)} encaissés en trop restent chez vous : rendez-les avant d’accepter, ou par un autre moyen.`
    : resumes;
}
