import { Box, Flex, Typography } from '@strapi/design-system';
import type { ReactNode } from 'react';

import { formatEuro } from '../../../../catalogue/domain/euro.ts';
import type { StaffOrder, StaffRefund } from '../../../domain/staff-order-api.ts';
import { inCurrency, shortDate } from '../ui/french.ts';
import { Card, Figure, Pill, type Tone } from '../ui/parts.tsx';
import { Sum } from './OrderLines.tsx';

const REFUND_STATES: Readonly<Record<StaffRefund['status'], { text: string; tone: Tone }>> = {
  asked: { text: 'Demandé', tone: 'warning' },
  pending: { text: 'En cours', tone: 'warning' },
  requires_action: { text: 'En attente chez Stripe', tone: 'warning' },
  succeeded: { text: 'Remboursé', tone: 'success' },
  canceled: { text: 'Annulé', tone: 'danger' },
  failed: { text: 'Échoué', tone: 'danger' },
};

const Entry = ({
  title,
  detail,
  badge,
  amount,
}: {
  title: string;
  detail: string;
  badge: ReactNode;
  amount: string;
}) => (
  <Flex tag="li" justifyContent="space-between" alignItems="flex-start" gap={4} paddingBottom={3}>
    <Box style={{ minWidth: 0 }}>
      <Flex gap={2} wrap="wrap">
        <Typography fontWeight="bold" textColor="neutral800">
          {title}
        </Typography>
        {badge}
      </Flex>
      <Typography
        tag="div"
        variant="pi"
        textColor="neutral600"
        style={{ overflowWrap: 'anywhere' }}
      >
        {detail}
      </Typography>
    </Box>
    <Figure>{amount}</Figure>
  </Flex>
);

/** Money received and given back, as the ledger has it. */
export function OrderMoney({
  order: { payments, refunds, paid, refunded, refundable, disputed },
}: {
  order: StaffOrder;
}) {
  return (
    <Card title="Paiements et remboursements">
      {payments.length === 0 ? (
        <Typography tag="p" textColor="neutral600">
          Rien n’a été encaissé.
        </Typography>
      ) : null}
      <ul style={{ listStyle: 'none' }}>
        {payments.map(({ paymentIntent, amount, currency, at, livemode }) => (
          <Entry
            key={paymentIntent}
            title="Paiement"
            detail={`${shortDate(at)} · ${paymentIntent}`}
            badge={livemode ? null : <Pill tone="neutral">Essai</Pill>}
            amount={inCurrency(amount, currency)}
          />
        ))}
        {refunds.map(({ id, at, amount, status, reason, actor }) => (
          <Entry
            key={id}
            title="Remboursement"
            detail={[at === null ? '' : shortDate(at), reason, actor].filter(Boolean).join(' · ')}
            badge={<Pill tone={REFUND_STATES[status].tone}>{REFUND_STATES[status].text}</Pill>}
            amount={`−${formatEuro(amount)}`}
          />
        ))}
      </ul>
      {payments.length > 0 ? (
        <Flex tag="dl" direction="column" alignItems="stretch" gap={1}>
          <Sum name="Encaissé" amount={formatEuro(paid)} />
          {refunded > 0 ? <Sum name="Remboursé" amount={`−${formatEuro(refunded)}`} /> : null}
          {disputed > 0 ? (
            <Sum name="Contesté par la banque" amount={`−${formatEuro(disputed)}`} />
          ) : null}
          <Sum name="Peut encore être remboursé" amount={formatEuro(refundable)} />
        </Flex>
      ) : null}
    </Card>
  );
}
