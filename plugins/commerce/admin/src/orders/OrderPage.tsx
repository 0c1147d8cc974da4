import {
  Box,
  EmptyStateLayout,
  Flex,
  Grid,
  Link,
  LinkButton,
  Main,
  Typography,
} from '@strapi/design-system';
import { ArrowLeft } from '@strapi/icons';
import { Layouts, Page } from '@strapi/strapi/admin';
import { useState } from 'react';
import { Link as RouterLink, useLocation, useParams } from 'react-router-dom';

import type { OrderAction, StaffOrder } from '../../../domain/staff-order-api.ts';
import { REVIEW_WORDS } from '../../../domain/staff-words.ts';
import { useMay } from '../permissions.ts';
import { shortDate } from '../ui/french.ts';
import { Unread } from '../ui/parts.tsx';
import { useRead } from '../ui/use-requests.ts';
import { ApproveDialog } from './ApproveDialog.tsx';
import { CancelDialog } from './CancelDialog.tsx';
import { OrderActions } from './OrderActions.tsx';
import { OrderBuyer, OrderParcel } from './OrderBuyer.tsx';
import { OrderLines } from './OrderLines.tsx';
import { OrderMoney } from './OrderMoney.tsx';
import { OrderState } from './OrderTable.tsx';
import { orderRoute, ORDERS_PAGE } from './paths.ts';
import { RefundDialog } from './RefundDialog.tsx';
import { ShipDialog } from './ShipDialog.tsx';
import { allowedActions } from './states.ts';
import { Timeline } from './Timeline.tsx';
import { useOrderSteps } from './use-order-steps.ts';

/** Back to the list as it was left: its filter, search and page travel in the history entry. */
const Back = () => {
  const from: unknown = useLocation().state;
  const search =
    typeof from === 'object' && from !== null && 'list' in from && typeof from.list === 'string'
      ? from.list
      : '';
  return (
    <Link tag={RouterLink} to={`${ORDERS_PAGE}${search}`} startIcon={<ArrowLeft />}>
      Commandes
    </Link>
  );
};

const Unknown = ({ number }: { number: string }) => (
  <Main>
    <Page.Title>Commande introuvable</Page.Title>
    <Layouts.Header title="Commande introuvable" navigationAction={<Back />} />
    <Layouts.Content>
      <EmptyStateLayout
        content={`Aucune commande ne porte le numéro « ${number} ». Vérifiez-le, ou cherchez-la par e-mail ou par nom.`}
        action={
          <LinkButton tag={RouterLink} to={`${ORDERS_PAGE}?filter=all`} variant="secondary">
            Toutes les commandes
          </LinkButton>
        }
      />
    </Layouts.Content>
  </Main>
);

const Review = ({ order }: { order: StaffOrder }) =>
  order.status === 'needs_review' && order.reviewReason ? (
    <Box role="status" background="danger100" borderColor="danger200" hasRadius padding={4}>
      <Typography tag="p" fontWeight="bold" textColor="danger700">
        À vérifier avant d’envoyer
      </Typography>
      <Typography tag="p" textColor="neutral800">
        {REVIEW_WORDS[order.reviewReason]}
      </Typography>
    </Box>
  ) : null;

interface DialogsProps {
  order: StaffOrder;
  open: OrderAction | null;
  onClose(): void;
  onDone(order: StaffOrder): void;
}
const Dialogs = ({ order, open, ...rest }: DialogsProps) => {
  if (open === 'ship' || open === 'correct-tracking')
    return (
      <ShipDialog
        number={order.number}
        tracking={open === 'ship' ? null : order.tracking}
        delivery={order.delivery}
        correcting={open === 'correct-tracking'}
        {...rest}
      />
    );
  if (open === 'cancel' || open === 'put-aside')
    return <CancelDialog order={order} aside={open === 'put-aside'} {...rest} />;
  if (open === 'approve') return <ApproveDialog order={order} {...rest} />;
  return open === 'refund' ? <RefundDialog order={order} {...rest} /> : null;
};

const Order = ({
  order,
  put,
  reload,
}: {
  order: StaffOrder;
  put(order: StaffOrder): void;
  reload(): Promise<void>;
}) => {
  const may = useMay();
  const [open, setOpen] = useState<OrderAction | null>(null);
  const { busy, prepare, retryRefunds, replay } = useOrderSteps((next) => {
    if (next) put(next);
    else void reload();
  });
  const act = (action: OrderAction): void => {
    if (action === 'prepare') void prepare(order.number);
    else if (action === 'retry-refunds') void retryRefunds(order.number);
    else setOpen(action);
  };
  return (
    <Main>
      <Page.Title>{order.number}</Page.Title>
      <Layouts.Header
        title={order.number}
        navigationAction={<Back />}
        subtitle={
          <Flex gap={2} wrap="wrap">
            <OrderState order={order} />
            <Typography textColor="neutral600">{`Passée le ${shortDate(order.placedAt)}`}</Typography>
          </Flex>
        }
        primaryAction={
          <OrderActions
            number={order.number}
            actions={allowedActions(order.actions, may)}
            busy={busy !== null}
            onAct={act}
          />
        }
      />
      <Layouts.Content>
        <Grid.Root gap={4} paddingBottom={8}>
          <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch" gap={4}>
            <Review order={order} />
            <OrderLines order={order} />
            <OrderMoney order={order} />
          </Grid.Item>
          <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch" gap={4}>
            <OrderBuyer order={order} />
            <OrderParcel order={order} />
          </Grid.Item>
          <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch">
            <Timeline
              items={order.timeline}
              busy={busy !== null}
              onReplay={may('orders.replay') ? (what) => void replay(order.number, what) : null}
            />
          </Grid.Item>
        </Grid.Root>
        <Dialogs
          order={order}
          open={open}
          onClose={() => setOpen(null)}
          onDone={(next) => {
            setOpen(null);
            put(next);
          }}
        />
      </Layouts.Content>
    </Main>
  );
};

const Loaded = ({ number }: { number: string }) => {
  const { data, problem, put, reload } = useRead<{ data: StaffOrder }>(orderRoute(number));
  if (data)
    return <Order order={data.data} put={(order) => put({ data: order })} reload={reload} />;
  if (problem === null) return <Page.Loading />;
  if (problem.status === 404) return <Unknown number={number} />;
  return (
    <Main>
      <Layouts.Content>
        <Unread problem={problem} retry={reload} />
      </Layouts.Content>
    </Main>
  );
};

/** Everything about one order, and what can be done with it now. */
export function OrderPage() {
  const { number = '' } = useParams();
  return <Loaded key={number} number={number} />;
}
