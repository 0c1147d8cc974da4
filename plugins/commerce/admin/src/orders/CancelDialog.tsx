import { Typography } from '@strapi/design-system';
import { useState } from 'react';

import type { StaffOrder } from '../../../domain/staff-order-api.ts';
import { ActionDialog } from '../ui/ActionDialog.tsx';
import { ReasonField } from '../ui/ReasonField.tsx';
import type { Problem } from '../ui/request-problem.ts';
import { useSay, useSend } from '../ui/use-requests.ts';
import { consequenceOf } from './consequence.ts';
import { orderRoute } from './order-paths.ts';

interface Wording {
  title: string;
  confirm: string;
  route: string;
  doneText: string;
  usual: readonly string[];
}
const CANCEL: Wording = {
  title: 'Annuler',
  confirm: 'Annuler la commande',
  route: 'cancellation',
  doneText: 'est annulée',
  usual: [
    'À la demande du client',
    'Article indisponible',
    'Adresse impossible à livrer',
    'Commande en double',
  ],
};
const PUT_ASIDE: Wording = {
  title: 'Classer',
  confirm: 'Classer la commande',
  route: 'put-aside',
  doneText: 'est classée',
  usual: ['Remboursée par virement', 'Remboursée en espèces', 'Avoir accordé'],
};
/** `aside`: the money of a released order was given back by other means. */
interface Props {
  order: StaffOrder;
  aside?: boolean;
  onClose(): void;
  onDone(order: StaffOrder): void;
}

/** Cancels an order before it is sent, or closes one whose money was given back by other means. */
export function CancelDialog({ order, aside = false, onClose, onDone }: Props) {
  const send = useSend();
  const say = useSay();
  const { title, confirm: confirmText, route, doneText, usual } = aside ? PUT_ASIDE : CANCEL;
  const [reason, setReason] = useState<string>(usual[0] ?? '');
  const [problem, setProblem] = useState<Problem | null>(null);
  const confirm = async (): Promise<Problem | null> => {
    const sent = await send<{ data: StaffOrder }>('post', `${orderRoute(order.number)}/${route}`, {
      reason: reason.trim(),
    });
    if (!sent.ok) return sent.problem;
    say.done(`${order.number} ${doneText}.`);
    onDone(sent.data.data);
    return null;
  };
  return (
    <ActionDialog
      title={`${title} ${order.number}`}
      confirm={confirmText}
      danger={!aside}
      ready={reason.trim() !== ''}
      fields={['reason']}
      onProblem={setProblem}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Typography tag="p">
        {aside
          ? 'La boutique ne rembourse plus rien d’elle-même : l’argent est considéré comme rendu. C’est définitif.'
          : consequenceOf(order)}
      </Typography>
      <ReasonField
        usual={usual}
        value={reason}
        error={problem?.fields['reason']}
        onChange={setReason}
      />
    </ActionDialog>
  );
}
