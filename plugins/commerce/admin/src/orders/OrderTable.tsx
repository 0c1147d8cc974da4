import {
  Box,
  Button,
  Flex,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
  VisuallyHidden,
} from '@strapi/design-system';
import { useIsDesktop } from '@strapi/strapi/admin';
import { Link, useLocation, useNavigate } from 'react-router-dom';

import { formatEuro } from '../../../../catalogue/domain/euro.ts';
import type { OrderSummary } from '../../../domain/staff-order-api.ts';
import type { StaffAction } from '../../../domain/staff-permissions.ts';
import { STATUS_WORDS } from '../../../domain/staff-words.ts';
import { counted, countryName, shortDate } from '../ui/french.ts';
import { Figure, Pill, RightHeading } from '../ui/parts.tsx';
import { orderPage } from './paths.ts';
import { nextStep, REVIEW_TITLES, STATUS_TONES } from './states.ts';

interface Props {
  orders: readonly OrderSummary[];
  may(action: StaffAction): boolean;
  busy: string | null;
  onPrepare(number: string): void;
  onShip(order: OrderSummary): void;
}
type RowProps = Omit<Props, 'orders'> & { order: OrderSummary };

/** State in words and colour; an order to review says why. */
export const OrderState = ({
  order: { status, reviewReason, testMode },
}: {
  order: Pick<OrderSummary, 'status' | 'reviewReason' | 'testMode'>;
}) => (
  <Flex gap={1} wrap="wrap">
    <Pill tone={STATUS_TONES[status]}>{STATUS_WORDS[status]}</Pill>
    {testMode ? <Pill tone="neutral">Essai</Pill> : null}
    {status === 'needs_review' && reviewReason ? (
      <Typography variant="pi" textColor="danger700">
        {REVIEW_TITLES[reviewReason]}
      </Typography>
    ) : null}
  </Flex>
);

const Next = ({ order, may, busy, onPrepare, onShip }: RowProps) => {
  const step = nextStep(order.status, may);
  if (step === 'prepare')
    return (
      <Button
        size="S"
        variant="secondary"
        loading={busy === order.number}
        aria-label={`Préparer ${order.number}`}
        onClick={() => onPrepare(order.number)}
      >
        Préparer
      </Button>
    );
  if (step === 'ship')
    return (
      <Button size="S" aria-label={`Expédier ${order.number}`} onClick={() => onShip(order)}>
        Expédier
      </Button>
    );
  return null;
};

/** What the order's page needs to lead back to the list as it is. */
const useReturn = (): { list: string } => ({ list: useLocation().search });

const OrderNumber = ({ number }: { number: string }) => (
  <Typography
    tag={Link}
    to={orderPage(number)}
    state={useReturn()}
    fontWeight="bold"
    textColor="primary600"
    style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
  >
    {number}
  </Typography>
);

const Client = ({ order: { customerName, email } }: { order: OrderSummary }) => (
  <Box style={{ minWidth: 0 }}>
    {customerName ? (
      <Typography tag="div" textColor="neutral800" ellipsis>
        {customerName}
      </Typography>
    ) : null}
    <Typography
      tag="div"
      variant={customerName ? 'pi' : 'omega'}
      textColor="neutral600"
      ellipsis
      title={email}
    >
      {email}
    </Typography>
  </Box>
);

const Total = ({ order: { total, refunded } }: { order: OrderSummary }) => (
  <>
    <Figure>{formatEuro(total)}</Figure>
    {refunded > 0 ? (
      <Typography tag="div" variant="pi" textColor="neutral600" style={{ whiteSpace: 'nowrap' }}>
        {`−${formatEuro(refunded)}`}
        <VisuallyHidden tag="span"> remboursés</VisuallyHidden>
      </Typography>
    ) : null}
  </>
);

const Row = (props: RowProps) => {
  const { order } = props;
  const navigate = useNavigate();
  const state = useReturn();
  return (
    <Tr onClick={() => navigate(orderPage(order.number), { state })} style={{ cursor: 'pointer' }}>
      <Td>
        <OrderNumber number={order.number} />
      </Td>
      <Td>
        <Typography style={{ whiteSpace: 'nowrap' }}>{shortDate(order.placedAt)}</Typography>
      </Td>
      <Td style={{ maxWidth: '24rem' }}>
        <Client order={order} />
      </Td>
      <Td>
        <Typography>{countryName(order.country)}</Typography>
      </Td>
      <Td style={{ textAlign: 'right' }}>
        <Figure>{order.pieces}</Figure>
      </Td>
      <Td style={{ textAlign: 'right' }}>
        <Total order={order} />
      </Td>
      <Td>
        <OrderState order={order} />
      </Td>
      <Td
        onClick={(event: React.MouseEvent) => event.stopPropagation()}
        style={{ cursor: 'default' }}
      >
        <Next {...props} />
      </Td>
    </Tr>
  );
};

const SMALL = ['Commande', 'Date', 'Client', 'Pays'] as const;

const Wide = ({ orders, ...rest }: Props) => (
  <Box style={{ overflowX: 'auto' }}>
    <Table colCount={8} rowCount={orders.length + 1}>
      <Thead>
        <Tr>
          {SMALL.map((heading) => (
            <Th key={heading}>
              <Typography variant="sigma">{heading}</Typography>
            </Th>
          ))}
          <Th>
            <RightHeading>Pièces</RightHeading>
          </Th>
          <Th>
            <RightHeading>Total</RightHeading>
          </Th>
          <Th>
            <Typography variant="sigma">État</Typography>
          </Th>
          <Th>
            <VisuallyHidden>Étape suivante</VisuallyHidden>
          </Th>
        </Tr>
      </Thead>
      <Tbody>
        {orders.map((order) => (
          <Row key={order.number} order={order} {...rest} />
        ))}
      </Tbody>
    </Table>
  </Box>
);

const Narrow = (props: RowProps) => {
  const { order } = props;
  return (
    <Box tag="li" background="neutral0" hasRadius shadow="tableShadow" padding={3}>
      <Flex justifyContent="space-between" alignItems="baseline" gap={2}>
        <OrderNumber number={order.number} />
        <Box style={{ textAlign: 'right' }}>
          <Total order={order} />
        </Box>
      </Flex>
      <Box paddingTop={1}>
        <Client order={order} />
      </Box>
      <Typography
        variant="pi"
        textColor="neutral600"
        tag="div"
      >{`${shortDate(order.placedAt)} · ${counted(order.pieces, 'pièce')} · ${countryName(order.country)}`}</Typography>
      <Flex justifyContent="space-between" alignItems="center" gap={2} paddingTop={2}>
        <OrderState order={order} />
        <Next {...props} />
      </Flex>
    </Box>
  );
};

/** Orders: a table on a wide screen, cards on a phone. */
export function OrderTable(props: Props) {
  const wide = useIsDesktop();
  if (wide) return <Wide {...props} />;
  const { orders, ...rest } = props;
  return (
    <Flex tag="ul" direction="column" alignItems="stretch" gap={3} style={{ listStyle: 'none' }}>
      {orders.map((order) => (
        <Narrow key={order.number} order={order} {...rest} />
      ))}
    </Flex>
  );
}
