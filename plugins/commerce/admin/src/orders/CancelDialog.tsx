import { Typography } from '@strapi/design-system';
import { useState } from 'react';

import type { StaffOrder } from '../../../domain/staff-order-api.ts';
import { ActionDialog } from '../ui/ActionDialog.tsx';
import type { Problem } from '../ui/problem.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useSay, useSend } from '../ui/use-requests.ts';
import { consequenceOf } from './consequence.ts';
import { orderRoute } from './paths.ts';

interface Look {
  title: string;
  confirm: string;
  route: string;
  said: string;
  usual: readonly string[];
}
const CANCEL: Look = {
  title: 'Annuler',
  confirm: 'Annuler la commande',
  route: 'cancellation',
  said: 'est annulée',
  usual: [
    'À la demande du client',
    'Article indisponible',
    'Adresse impossible à livrer',
    'Commande en double',
  ],
};
const ASIDE: Look = {
  title: 'Classer',
  confirm: 'Classer la commande',
  route: 'put-aside',
  said: 'est classée',
  usual: ['Remboursée par virement', 'Remboursée en espèces', 'Avoir accordé'],
};
/** `aside`: the money of an order that was let go was given back by other means. */
interface Props {
  order: StaffOrder;
  aside?: boolean;
  onClose(): void;
  onDone(order: StaffOrder): void;
}

/** Lets an order go before it is sent, or closes one that was. */
export function CancelDialog({ order, aside = false, onClose, onDone }: Props) {
  const send = useSend();
  const say = useSay();
  const { title, confirm: button, route, said, usual } = aside ? ASIDE : CANCEL;
  const [reason, setReason] = useState<string>(usual[0] ?? '');
  const [problem, setProblem] = useState<Problem | null>(null);
  const confirm = async (): Promise<Problem | null> => {
    const sent = await send<{ data: StaffOrder }>('post', `${orderRoute(order.number)}/${route}`, {
      reason: reason.trim(),
    });
    if (!sent.ok) return sent.problem;
    say.done(`${order.number} ${said}.`);
    onDone(sent.data.data);
    return null;
  };
  return (
    <ActionDialog
      title={`${title} ${order.number}`}
      confirm={button}
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
