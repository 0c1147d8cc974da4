import { useState } from 'react';
import { Typography } from '@strapi/design-system';
import type { StaffOrder } from '../../../domain/staff-orders.ts';
import { formatEuro } from '../../../../catalogue/domain/euro.ts';
import { ActionDialog } from '../ui/ActionDialog.tsx';
import type { Problem } from '../ui/problem.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useSay, useSend } from '../ui/use-requests.ts';
import { orderRoute } from './paths.ts';

const USUAL = ['À la demande du client', 'Article indisponible', 'Adresse impossible à livrer', 'Commande en double'] as const;
interface Props { order: StaffOrder; onClose(): void; onDone(order: StaffOrder): void }

const consequence = (refundable: number): string => (refundable > 0
  ? `Les ${formatEuro(refundable)} encaissés sont rendus au client et ses pièces reviennent en stock. C’est définitif.`
  : 'Rien n’a été encaissé ; ses pièces redeviennent disponibles. C’est définitif.');

/** Lets an order go before it is sent. */
export function CancelDialog({ order: { number, refundable }, onClose, onDone }: Props) {
  const send = useSend();
  const say = useSay();
  const [reason, setReason] = useState<string>(USUAL[0]);
  const [problem, setProblem] = useState<Problem | null>(null);
  const confirm = async (): Promise<Problem | null> => {
    const sent = await send<{ data: StaffOrder }>('post', `${orderRoute(number)}/cancellation`, { reason: reason.trim() });
    if (!sent.ok) return sent.problem;
    say.done(`${number} est annulée.`);
    onDone(sent.data.data);
    return null;
  };
  return (
    <ActionDialog title={`Annuler ${number}`} confirm="Annuler la commande" danger ready={reason.trim() !== ''} fields={['reason']} onProblem={setProblem} onConfirm={confirm} onClose={onClose}>
      <Typography tag="p">{consequence(refundable)}</Typography>
      <ReasonField usual={USUAL} value={reason} error={problem?.fields['reason']} onChange={setReason} />
    </ActionDialog>
  );
}
