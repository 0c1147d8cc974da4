import { Flex, Typography } from '@strapi/design-system';
import { Widget } from '@strapi/strapi/admin';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';

import { formatEuro } from '../../../../catalogue/domain/euro.ts';
import type { OrderFilter, OrderSummary, Today } from '../../../domain/staff-order-api.ts';
import { orderPage, ORDERS_PAGE } from '../orders/paths.ts';
import { REVIEW_TITLES } from '../orders/states.ts';
import {
  available,
  isLow,
  nameOf,
  scarcestFirst,
  STATES,
  type StockLevel,
} from '../stock/level.ts';
import { counted } from '../ui/french.ts';
import { Figure, Pill } from '../ui/parts.tsx';
import { useRead } from '../ui/use-requests.ts';
import { ordersNote, paidWord, testNote } from './figures.ts';
import { useToday } from './use-today.ts';

const FAILED = 'Ces chiffres n’ont pas pu être lus. Rechargez la page.';
const MOST_LOW = 5;
const MOST_ORDERS = 4;

const Big = ({
  children,
  to,
  alarming = false,
}: {
  children: string;
  to: string;
  alarming?: boolean;
}) => (
  <Typography
    tag={Link}
    to={to}
    variant="alpha"
    textColor={alarming ? 'danger700' : 'neutral800'}
    style={{ textDecoration: 'none', fontVariantNumeric: 'tabular-nums' }}
  >
    {children}
  </Typography>
);
const Note = ({ children }: { children: string }) => (
  <Typography tag="p" textColor="neutral600">
    {children}
  </Typography>
);

const Figures = ({ children }: { children(today: Today): ReactNode }) => {
  const today = useToday();
  if (today === null) return <Widget.Loading />;
  return today === 'failed' ? (
    <Widget.Error>{FAILED}</Widget.Error>
  ) : (
    <Flex direction="column" alignItems="flex-start" gap={1}>
      {children(today)}
    </Flex>
  );
};

/** A few orders that can be opened at once; nothing while they load, the number above says it all. */
const Some = ({
  filter,
  wanted,
  say,
}: {
  filter: OrderFilter;
  wanted(order: OrderSummary): boolean;
  say(order: OrderSummary): string;
}) => {
  const { data } = useRead<{ data: OrderSummary[] }>(
    `/commerce/orders?filter=${filter}&pageSize=20`,
  );
  return (
    <Flex
      tag="ul"
      direction="column"
      alignItems="stretch"
      gap={1}
      paddingTop={3}
      width="100%"
      style={{ listStyle: 'none' }}
    >
      {data?.data
        .filter(wanted)
        .slice(0, MOST_ORDERS)
        .map((order) => (
          <Flex key={order.number} tag="li" gap={3}>
            <Typography
              tag={Link}
              to={orderPage(order.number)}
              textColor="primary600"
              style={{ whiteSpace: 'nowrap' }}
            >
              {order.number}
            </Typography>
            <Typography textColor="neutral600" ellipsis>
              {say(order)}
            </Typography>
          </Flex>
        ))}
    </Flex>
  );
};

/** The day's orders and, for roles that decide about money, its revenue. */
export const TodayWidget = () => (
  <Figures>
    {(today) => {
      const note = testNote(today);
      const { revenue, orders } = today;
      return (
        <>
          <Big to={`${ORDERS_PAGE}?filter=all`}>
            {revenue === null ? String(orders) : formatEuro(revenue)}
          </Big>
          <Note>{revenue === null ? paidWord(orders) : ordersNote(today)}</Note>
          {note ? <Note>{note}</Note> : null}
        </>
      );
    }}
  </Figures>
);

/** Paid orders that wait for their parcel. */
export const ToPrepareWidget = () => (
  <Figures>
    {({ toPrepare }) => (
      <>
        <Big to={ORDERS_PAGE}>{String(toPrepare)}</Big>
        <Note>{toPrepare === 0 ? 'Aucun colis en attente' : 'colis à faire partir'}</Note>
        {toPrepare > 0 ? (
          <Some
            filter="todo"
            wanted={({ status }) => status !== 'needs_review'}
            say={({ customerName, email }) => customerName ?? email}
          />
        ) : null}
      </>
    )}
  </Figures>
);

/** Orders that only staff can decide, and messages that were given up. */
export const ToReviewWidget = () => (
  <Figures>
    {({ needsReview, failures }) => (
      <>
        <Big to={`${ORDERS_PAGE}?filter=needs_review`} alarming={needsReview > 0}>
          {String(needsReview)}
        </Big>
        <Note>
          {needsReview === 0
            ? 'Tous les paiements sont en ordre'
            : needsReview === 1
              ? 'commande attend votre avis'
              : 'commandes attendent votre avis'}
        </Note>
        {needsReview > 0 ? (
          <Some
            filter="needs_review"
            wanted={() => true}
            say={({ reviewReason }) => (reviewReason ? REVIEW_TITLES[reviewReason] : '')}
          />
        ) : null}
        {failures > 0 ? (
          <Typography
            tag={Link}
            to={ORDERS_PAGE}
            textColor="danger700"
          >{`${counted(failures, 'message')} en échec`}</Typography>
        ) : null}
      </>
    )}
  </Figures>
);

/** What runs out, scarcest first. Read from the stock itself: roles that see no orders see it too. */
export function LowStockWidget() {
  const { data, problem } = useRead<{ data: StockLevel[] }>('/commerce/stock');
  if (data === null)
    return problem === null ? <Widget.Loading /> : <Widget.Error>{problem.message}</Widget.Error>;
  const low = data.data
    .filter((level) => isLow(level) && level.product !== null)
    .sort(scarcestFirst);
  if (low.length === 0) return <Widget.NoData>Rien ne manque.</Widget.NoData>;
  return (
    <>
      <Flex tag="ul" direction="column" alignItems="stretch" gap={2} style={{ listStyle: 'none' }}>
        {low.slice(0, MOST_LOW).map((level) => (
          <Flex key={level.sku} tag="li" justifyContent="space-between" gap={3}>
            <Typography ellipsis textColor="neutral800">
              {nameOf(level)}
            </Typography>
            <Flex gap={2} shrink={0}>
              <Figure>{available(level)}</Figure>
              <Pill tone={STATES[level.state].tone}>{STATES[level.state].text}</Pill>
            </Flex>
          </Flex>
        ))}
      </Flex>
      {low.length > MOST_LOW ? (
        <Note>{`et ${counted(low.length - MOST_LOW, 'autre')}`}</Note>
      ) : null}
    </>
  );
}
