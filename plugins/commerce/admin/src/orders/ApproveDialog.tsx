import { Typography } from '@strapi/design-system';

import { formatEuro } from '../../../../catalogue/domain/euro.ts';
import type { StaffOrder } from '../../../domain/staff-order-api.ts';
import { REVIEW_WORDS } from '../../../domain/staff-words.ts';
import { ActionDialog } from '../ui/ActionDialog.tsx';
import type { Problem } from '../ui/problem.ts';
import { useSay, useSend } from '../ui/use-requests.ts';
import { acceptanceOf } from './consequence.ts';
import { orderRoute } from './paths.ts';

interface Props {
  order: StaffOrder;
  onClose(): void;
  onDone(order: StaffOrder): void;
}

/** Takes a payment that something was odd about. */
export function ApproveDialog({ order, onClose, onDone }: Props) {
  const { number, reviewReason, paid, refunded, total } = order;
  const send = useSend();
  const say = useSay();
  const confirm = async (): Promise<Problem | null> => {
    const sent = await send<{ data: StaffOrder }>('post', `${orderRoute(number)}/approval`);
    if (!sent.ok) return sent.problem;
    say.done(`Le paiement de ${number} est accepté.`);
    onDone(sent.data.data);
    return null;
  };
  return (
    <ActionDialog
      title={`Accepter le paiement de ${number}`}
      confirm="Accepter le paiement"
      onConfirm={confirm}
      onClose={onClose}
    >
      {reviewReason ? <Typography tag="p">{REVIEW_WORDS[reviewReason]}</Typography> : null}
      <Typography
        tag="p"
        fontWeight="bold"
      >{`Encaissé : ${formatEuro(paid - refunded)} pour une commande de ${formatEuro(total)}.`}</Typography>
      <Typography tag="p" textColor="neutral600">
        {acceptanceOf(order)}
      </Typography>
    </ActionDialog>
  );
}
