import {
  Box,
  Checkbox,
  Field,
  Flex,
  IconButton,
  TextButton,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { Minus, Plus } from '@strapi/icons';
import { useState } from 'react';

import { formatEuro } from '../../../../catalogue/domain/euro.ts';
import type { StaffLine, StaffOrder } from '../../../domain/staff-order-api.ts';
import { ActionDialog } from '../ui/ActionDialog.tsx';
import { counted } from '../ui/french.ts';
import { Figure } from '../ui/parts.tsx';
import type { Problem } from '../ui/problem.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useSay, useSend } from '../ui/use-requests.ts';
import { orderRoute } from './paths.ts';
import { planRefund, type RefundDraft, remaining, shippingLeft, wholeRefund } from './refund.ts';

const USUAL = [
  'Retour du client',
  'Pièce arrivée cassée',
  'Article manquant',
  'Erreur de préparation',
  'Geste commercial',
] as const;
interface Props {
  order: StaffOrder;
  onClose(): void;
  onDone(order: StaffOrder): void;
}

interface LineProps {
  line: StaffLine;
  pieces: number;
  onChange(pieces: number): void;
}
const Line = ({ line, pieces, onChange }: LineProps) => {
  const most = remaining(line);
  const name = [line.title, line.label].filter(Boolean).join(' — ');
  return (
    <Flex
      tag="li"
      justifyContent="space-between"
      gap={3}
      paddingTop={2}
      paddingBottom={2}
      borderColor="neutral150"
      borderWidth="0 0 1px 0"
      borderStyle="solid"
    >
      <Box style={{ minWidth: 0 }}>
        <Checkbox
          checked={pieces > 0}
          disabled={most === 0}
          onCheckedChange={(checked) => onChange(checked === true ? most : 0)}
        >
          {name}
        </Checkbox>
        <Typography
          tag="div"
          variant="pi"
          textColor="neutral600"
          style={{ paddingInlineStart: '2.8rem' }}
        >
          {most === 0
            ? 'Déjà remboursé'
            : `${counted(most, 'pièce')} à ${formatEuro(line.unitPrice)}`}
        </Typography>
      </Box>
      {most > 1 ? (
        <Flex gap={2} shrink={0} role="group" aria-label={`Pièces de ${name}`}>
          <IconButton
            label="Une de moins"
            withTooltip={false}
            disabled={pieces === 0}
            onClick={() => onChange(pieces - 1)}
          >
            <Minus />
          </IconButton>
          <Typography
            aria-live="polite"
            style={{ minWidth: '2.4rem', textAlign: 'center', fontVariantNumeric: 'tabular-nums' }}
          >
            {pieces}
          </Typography>
          <IconButton
            label="Une de plus"
            withTooltip={false}
            disabled={pieces >= most}
            onClick={() => onChange(pieces + 1)}
          >
            <Plus />
          </IconButton>
        </Flex>
      ) : null}
    </Flex>
  );
};

/** What is typed; the request's id is made once, so that a second click is the same refund. */
function useRefund(order: StaffOrder, onDone: Props['onDone']) {
  const send = useSend();
  const say = useSay();
  const [request] = useState(() => crypto.randomUUID());
  const [draft, setDraft] = useState<RefundDraft>({ pieces: {}, shipping: false, other: '' });
  // A parcel that has not left comes back whole; one that has may come back broken, or not at all.
  const [restock, setRestock] = useState(order.status !== 'shipped');
  const [reason, setReason] = useState<string>(USUAL[0]);
  const plan = planRefund(order, draft);
  const confirm = async (): Promise<Problem | null> => {
    const body = {
      request,
      lines: plan.lines,
      shipping: draft.shipping,
      amount: plan.own,
      restock: restock && plan.lines.length > 0,
      reason: reason.trim(),
    };
    const sent = await send<{ data: StaffOrder }>(
      'post',
      `${orderRoute(order.number)}/refunds`,
      body,
    );
    if (!sent.ok) return sent.problem;
    say.done(
      `Remboursement de ${formatEuro(plan.amount ?? 0)} demandé : le client est prévenu quand il est fait.`,
    );
    onDone(sent.data.data);
    return null;
  };
  return { draft, setDraft, restock, setRestock, reason, setReason, plan, confirm };
}

/** Gives money back for pieces, the shipping, or an amount of one's own; what it comes to is shown as it is chosen. */
export function RefundDialog({ order, onClose, onDone }: Props) {
  const { draft, setDraft, restock, setRestock, reason, setReason, plan, confirm } = useRefund(
    order,
    onDone,
  );
  const [problem, setProblem] = useState<Problem | null>(null);
  const ready = plan.amount !== null && reason.trim() !== '';
  return (
    <ActionDialog
      title={`Rembourser ${order.number}`}
      confirm={plan.amount === null ? 'Rembourser' : `Rembourser ${formatEuro(plan.amount)}`}
      ready={ready}
      fields={['reason', 'amount']}
      onProblem={setProblem}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Box>
        <Flex justifyContent="space-between" gap={3}>
          <Typography tag="h3" variant="sigma" textColor="neutral600">
            Que rembourser ?
          </Typography>
          <TextButton type="button" onClick={() => setDraft(wholeRefund(order))}>
            Tout cocher
          </TextButton>
        </Flex>
        <ul style={{ listStyle: 'none' }}>
          {order.lines.map((line) => (
            <Line
              key={line.sku}
              line={line}
              pieces={draft.pieces[line.sku] ?? 0}
              onChange={(pieces) =>
                setDraft({ ...draft, pieces: { ...draft.pieces, [line.sku]: pieces } })
              }
            />
          ))}
        </ul>
        {order.shipping > 0 ? (
          <Box paddingTop={2}>
            <Checkbox
              checked={draft.shipping}
              disabled={!shippingLeft(order)}
              onCheckedChange={(checked) => setDraft({ ...draft, shipping: checked === true })}
            >{`Livraison, ${formatEuro(order.shipping)}${shippingLeft(order) ? '' : ' (déjà remboursée)'}`}</Checkbox>
          </Box>
        ) : null}
      </Box>
      <Field.Root
        id="amount"
        error={plan.problem ?? problem?.fields['amount']}
        hint="Vide : le prix de ce qui est coché."
      >
        <Field.Label>Autre montant</Field.Label>
        <TextInput
          name="amount"
          inputMode="decimal"
          autoComplete="off"
          placeholder={formatEuro(plan.cost).replace(/\s€$/, '')}
          endAction={<span aria-hidden="true">€</span>}
          value={draft.other}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
            setDraft({ ...draft, other: event.target.value })
          }
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      <ReasonField
        usual={USUAL}
        value={reason}
        hint="Le client le lit dans son e-mail."
        error={problem?.fields['reason']}
        onChange={setReason}
      />
      <Checkbox
        checked={restock && plan.lines.length > 0}
        disabled={plan.lines.length === 0}
        onCheckedChange={(checked) => setRestock(checked === true)}
      >
        Remettre les pièces cochées en stock
      </Checkbox>
      <Flex justifyContent="space-between" gap={3} aria-live="polite">
        <Typography fontWeight="bold">À rembourser</Typography>
        <Figure bold>{plan.amount === null ? '—' : formatEuro(plan.amount)}</Figure>
      </Flex>
    </ActionDialog>
  );
}
