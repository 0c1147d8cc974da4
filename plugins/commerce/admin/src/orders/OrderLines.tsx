import { Box, Flex, Typography } from '@strapi/design-system';

import { formatEuro } from '../../../../catalogue/domain/euro.ts';
import { formatVatRate } from '../../../../catalogue/domain/vat.ts';
import type { StaffLine, StaffOrder } from '../../../domain/staff-order-api.ts';
import { counted } from '../ui/french.ts';
import { Card, Figure, Pill } from '../ui/parts.tsx';

const Line = ({
  line: { sku, title, label, unitPrice, quantity, discount, total, refundedQuantity, restocked },
}: {
  line: StaffLine;
}) => (
  <Flex
    tag="li"
    justifyContent="space-between"
    alignItems="flex-start"
    gap={4}
    paddingTop={3}
    paddingBottom={3}
    borderColor="neutral150"
    borderWidth="0 0 1px 0"
    borderStyle="solid"
  >
    <Box style={{ minWidth: 0 }}>
      <Typography tag="div" fontWeight="bold" textColor="neutral800">
        {title}
      </Typography>
      <Typography tag="div" variant="pi" textColor="neutral600">
        {[label, sku].filter(Boolean).join(' · ')}
      </Typography>
      <Flex gap={1} wrap="wrap" paddingTop={refundedQuantity + restocked > 0 ? 1 : 0}>
        {refundedQuantity > 0 ? (
          <Pill tone="neutral">{counted(refundedQuantity, 'remboursée')}</Pill>
        ) : null}
        {restocked > 0 ? <Pill tone="success">{`${restocked} en stock de nouveau`}</Pill> : null}
      </Flex>
    </Box>
    <Flex direction="column" alignItems="flex-end" shrink={0}>
      <Figure bold>{formatEuro(total)}</Figure>
      <Typography
        variant="pi"
        textColor="neutral600"
        style={{ whiteSpace: 'nowrap' }}
      >{`${quantity} × ${formatEuro(unitPrice)}`}</Typography>
      {discount > 0 ? (
        <Typography
          variant="pi"
          textColor="neutral600"
          style={{ whiteSpace: 'nowrap' }}
        >{`remise −${formatEuro(discount)}`}</Typography>
      ) : null}
    </Flex>
  </Flex>
);

/** A name and its amount; the last one of a sum is bold. */
export const Sum = ({
  name,
  amount,
  bold = false,
}: {
  name: string;
  amount: string;
  bold?: boolean;
}) => (
  <Flex tag="div" justifyContent="space-between" gap={4}>
    <Typography
      tag="dt"
      fontWeight={bold ? 'bold' : 'regular'}
      textColor={bold ? 'neutral800' : 'neutral600'}
    >
      {name}
    </Typography>
    <dd>
      <Figure bold={bold}>{amount}</Figure>
    </dd>
  </Flex>
);

/** What was bought, and how the total comes about. */
export function OrderLines({ order }: { order: StaffOrder }) {
  const { lines, subtotal, discount, promotionCode, shipping, total, vat } = order;
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <Card
      title="Articles"
      aside={
        <Typography variant="pi" textColor="neutral600">
          {counted(pieces, 'pièce')}
        </Typography>
      }
    >
      <ul style={{ listStyle: 'none' }}>
        {lines.map((line) => (
          <Line key={line.sku} line={line} />
        ))}
      </ul>
      <Flex tag="dl" direction="column" alignItems="stretch" gap={1} paddingTop={3}>
        <Sum name="Sous-total" amount={formatEuro(subtotal)} />
        {discount > 0 ? (
          <Sum
            name={promotionCode ? `Remise (${promotionCode})` : 'Remise'}
            amount={`−${formatEuro(discount)}`}
          />
        ) : null}
        <Sum name="Livraison" amount={shipping === 0 ? 'Offerte' : formatEuro(shipping)} />
        <Sum name="Total TTC" amount={formatEuro(total)} bold />
        {vat.map((part) => (
          <Sum
            key={part.rate}
            name={`dont TVA ${formatVatRate(part.rate)}`}
            amount={formatEuro(part.vat)}
          />
        ))}
      </Flex>
    </Card>
  );
}
