import { Button, Flex, LinkButton } from '@strapi/design-system';
import { ArrowLeft, File } from '@strapi/icons';
import { Page } from '@strapi/strapi/admin';
import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useIntl } from 'react-intl';
import { Link, useParams } from 'react-router-dom';

import type { StaffLine, StaffOrder } from '../../../domain/staff-order-api.ts';
import { ReadFailure } from '../ui/elements.tsx';
import { counted, countryName, shortDay } from '../ui/french-format.ts';
import { useRead } from '../ui/use-requests.ts';
import { addressLines, addressRequest, ASK_ADDRESS, mustAskAddress } from './address.ts';
import { orderPage, orderRoute } from './order-paths.ts';
import { SLIP_STYLE } from './slip-style.ts';

interface SlipLine extends Pick<StaffLine, 'sku' | 'title' | 'label' | 'quantity'> {
  /** Pieces whose money went back and that are not back in stock. */
  refundedUnreturned: number;
}

/** What goes into the parcel: pieces that are back in stock do not. */
function packedLines(order: StaffOrder): SlipLine[] {
  return order.lines
    .map((line) => ({
      ...line,
      quantity: line.quantity - line.restocked,
      refundedUnreturned: line.refundedQuantity - line.restocked,
    }))
    .filter(({ quantity }) => quantity > 0);
}

function SlipHeader({ order, shop }: { order: StaffOrder; shop: string }) {
  return (
    <header>
      <div>
        <p className="shop">{shop}</p>
        <h1>Bon de préparation</h1>
      </div>
      <dl>
        <dt>Commande</dt>
        <dd className="number">{order.number}</dd>
        <dt>Date</dt>
        <dd>{shortDay(order.placedAt)}</dd>
        {order.delivery ? (
          <>
            <dt>Envoi</dt>
            <dd>{order.delivery}</dd>
          </>
        ) : null}
      </dl>
    </header>
  );
}

function SlipAddress({ order }: { order: StaffOrder }) {
  const lines = order.address ? addressLines(order.address) : [countryName(order.country)];
  return (
    <section className="to">
      <h2>Livrer à</h2>
      <address>
        {lines.map((line) => (
          <div key={line}>{line}</div>
        ))}
        {order.phone ? <div>{order.phone}</div> : null}
      </address>
      {mustAskAddress(order) ? (
        <p>
          <strong>{ASK_ADDRESS}</strong> <a href={addressRequest(order)}>{order.email}</a>
        </p>
      ) : null}
    </section>
  );
}

function SlipRow({
  line: { sku, title, label, quantity, refundedUnreturned },
}: {
  line: SlipLine;
}) {
  return (
    <tr>
      <td>{sku}</td>
      <td>
        <strong>{title}</strong>
        {label ? <div>{label}</div> : null}
        {refundedUnreturned > 0 ? (
          <div>{`${counted(refundedUnreturned, 'remboursée')} : à vérifier avant l’envoi`}</div>
        ) : null}
      </td>
      <td className="count">{quantity}</td>
      <td className="tick">
        <span className="box" />
      </td>
    </tr>
  );
}

function SlipTable({ lines }: { lines: readonly SlipLine[] }) {
  const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Référence</th>
          <th scope="col">Article</th>
          <th scope="col" className="count">
            Quantité
          </th>
          <th scope="col" className="tick">
            Fait
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <SlipRow key={line.sku} line={line} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={2}>Total</td>
          <td className="count">{counted(pieces, 'pièce')}</td>
          <td />
        </tr>
      </tfoot>
    </table>
  );
}

function Slip({ order, shop }: { order: StaffOrder; shop: string }) {
  return (
    <article>
      <SlipHeader order={order} shop={shop} />
      {order.testMode ? <p className="test">Commande d’essai : ne rien envoyer</p> : null}
      <SlipAddress order={order} />
      <SlipTable lines={packedLines(order)} />
    </article>
  );
}

/** The bar above the slip, which paper leaves out. */
function SlipBar({ number, ready }: { number: string; ready: boolean }) {
  return (
    <Flex className="bar" justifyContent="space-between" gap={3}>
      <LinkButton tag={Link} to={orderPage(number)} variant="tertiary" startIcon={<ArrowLeft />}>
        {number}
      </LinkButton>
      <Button startIcon={<File />} disabled={!ready} onClick={() => window.print()}>
        Imprimer
      </Button>
    </Flex>
  );
}

/**
 * The packing slip alone on the screen and on paper: outside the admin's frame, which would cut it
 * after one page. It shows no prices, because it may travel in the parcel.
 */
export function SlipPage() {
  const { number = '' } = useParams();
  const { data, problem, reload } = useRead<{ data: StaffOrder }>(orderRoute(number));
  const { formatMessage } = useIntl();
  useEffect(() => {
    document.documentElement.classList.add('comptoir-slip-open');
    return () => document.documentElement.classList.remove('comptoir-slip-open');
  }, []);
  return (
    <>
      <Page.Title>{`Bon de préparation ${number}`}</Page.Title>
      {createPortal(
        <main className="comptoir-slip">
          <style>{SLIP_STYLE}</style>
          <SlipBar number={number} ready={data !== null} />
          {/* The shop's name as the admin's login page says it. */}
          {data ? (
            <Slip
              order={data.data}
              shop={formatMessage({ id: 'Auth.form.welcome.title', defaultMessage: '' })}
            />
          ) : null}
          {data === null && problem === null ? <Page.Loading /> : null}
          {data === null && problem !== null ? (
            <ReadFailure problem={problem} retry={reload} />
          ) : null}
        </main>,
        document.body,
      )}
    </>
  );
}
