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
import { ReadFailure } from '../ui/elements.tsx';
import { shortDate } from '../ui/french-format.ts';
import { useRead } from '../ui/use-requests.ts';
import { useMay } from '../use-may.ts';
import { ApproveDialog } from './ApproveDialog.tsx';
import { CancelDialog } from './CancelDialog.tsx';
import { orderRoute, ORDERS_PAGE } from './order-paths.ts';
import { allowedActions } from './order-states.ts';
import { OrderActions } from './OrderActions.tsx';
import { OrderBuyer, OrderParcel } from './OrderBuyer.tsx';
import { OrderLines } from './OrderLines.tsx';
import { OrderMoney } from './OrderMoney.tsx';
import { OrderState } from './OrderTable.tsx';
import { RefundDialog } from './RefundDialog.tsx';
import { ShipDialog } from './ShipDialog.tsx';
import { Timeline } from './Timeline.tsx';
import { useOrderSteps } from './use-order-steps.ts';

/** Back to the list as it was left: its filter, search and page travel in the history entry. */
function BackToList() {
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
}

function OrderNotFound({ number }: { number: string }) {
  return (
    <Main>
      <Page.Title>Commande introuvable</Page.Title>
      <Layouts.Header title="Commande introuvable" navigationAction={<BackToList />} />
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
}

function ReviewNotice({ order }: { order: StaffOrder }) {
  if (order.status !== 'needs_review' || !order.reviewReason) return null;
  return (
    <Box role="status" background="danger100" borderColor="danger200" hasRadius padding={4}>
      <Typography tag="p" fontWeight="bold" textColor="danger700">
        À vérifier avant d’envoyer
      </Typography>
      <Typography tag="p" textColor="neutral800">
        {REVIEW_WORDS[order.reviewReason]}
      </Typography>
    </Box>
  );
}

interface ActionDialogsProps {
  order: StaffOrder;
  open: OrderAction | null;
  onClose(): void;
  onDone(order: StaffOrder): void;
}
function ActionDialogs({ order, open, ...rest }: ActionDialogsProps) {
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
}

interface OrderProps {
  order: StaffOrder;
  put(order: StaffOrder): void;
  reload(): Promise<void>;
}

/** What staff do on the page: at once, or in the dialog that is `open`. */
function useOrderActions({ order, put, reload }: OrderProps) {
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
  const close = (): void => setOpen(null);
  return { open, close, busy: busy !== null, act, replay };
}

interface HeaderProps {
  order: StaffOrder;
  actions: readonly OrderAction[];
  busy: boolean;
  onAct(action: OrderAction): void;
}

function OrderHeader({ order, actions, busy, onAct }: HeaderProps) {
  return (
    <Layouts.Header
      title={order.number}
      navigationAction={<BackToList />}
      subtitle={
        <Flex gap={2} wrap="wrap">
          <OrderState order={order} />
          <Typography textColor="neutral600">{`Passée le ${shortDate(order.placedAt)}`}</Typography>
        </Flex>
      }
      primaryAction={
        <OrderActions number={order.number} actions={actions} busy={busy} onAct={onAct} />
      }
    />
  );
}

interface DetailsProps {
  order: StaffOrder;
  busy: boolean;
  onReplay: ((what: string) => void) | null;
}

function OrderDetails({ order, busy, onReplay }: DetailsProps) {
  return (
    <Grid.Root gap={4} paddingBottom={8}>
      <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch" gap={4}>
        <ReviewNotice order={order} />
        <OrderLines order={order} />
        <OrderMoney order={order} />
      </Grid.Item>
      <Grid.Item col={4} s={12} xs={12} direction="column" alignItems="stretch" gap={4}>
        <OrderBuyer order={order} />
        <OrderParcel order={order} />
      </Grid.Item>
      <Grid.Item col={8} s={12} xs={12} direction="column" alignItems="stretch">
        <Timeline items={order.timeline} busy={busy} onReplay={onReplay} />
      </Grid.Item>
    </Grid.Root>
  );
}

function Order(props: OrderProps) {
  const { order, put } = props;
  const may = useMay();
  const { open, close, busy, act, replay } = useOrderActions(props);
  return (
    <Main>
      <Page.Title>{order.number}</Page.Title>
      <OrderHeader
        order={order}
        actions={allowedActions(order.actions, may)}
        busy={busy}
        onAct={act}
      />
      <Layouts.Content>
        <OrderDetails
          order={order}
          busy={busy}
          onReplay={may('orders.replay') ? (what) => void replay(order.number, what) : null}
        />
        <ActionDialogs
          order={order}
          open={open}
          onClose={close}
          onDone={(next) => {
            close();
            put(next);
          }}
        />
      </Layouts.Content>
    </Main>
  );
}

function LoadedOrder({ number }: { number: string }) {
  const { data, problem, put, reload } = useRead<{ data: StaffOrder }>(orderRoute(number));
  if (data)
    return <Order order={data.data} put={(order) => put({ data: order })} reload={reload} />;
  if (problem === null) return <Page.Loading />;
  if (problem.status === 404) return <OrderNotFound number={number} />;
  return (
    <Main>
      <Layouts.Content>
        <ReadFailure problem={problem} retry={reload} />
      </Layouts.Content>
    </Main>
  );
}

/** Everything about one order, and what can be done with it now. */
export function OrderPage() {
  const { number = '' } = useParams();
  return <LoadedOrder key={number} number={number} />;
}
