import { Button, Flex, LinkButton } from '@strapi/design-system';
import { ArrowLeft, File } from '@strapi/icons';
import { Page } from '@strapi/strapi/admin';
import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useIntl } from 'react-intl';
import { Link, useParams } from 'react-router-dom';

import type { StaffOrder } from '../../../domain/staff-order-api.ts';
import { counted, countryName, shortDay } from '../ui/french.ts';
import { Unread } from '../ui/parts.tsx';
import { useRead } from '../ui/use-requests.ts';
import { addressLines, addressRequest, ASK_ADDRESS, mustAskAddress } from './address.ts';
import { orderPage, orderRoute } from './paths.ts';
import { SLIP_STYLE } from './slip-style.ts';

const Slip = ({ order, shop }: { order: StaffOrder; shop: string }) => {
  const lines = order.address ? addressLines(order.address) : [countryName(order.country)];
  // What is back on the shelf does not go into the parcel.
  const packed = order.lines
    .map((line) => ({
      ...line,
      quantity: line.quantity - line.restocked,
      kept: line.refundedQuantity - line.restocked,
    }))
    .filter(({ quantity }) => quantity > 0);
  const pieces = packed.reduce((sum, { quantity }) => sum + quantity, 0);
  return (
    <article>
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
      {order.testMode ? <p className="test">Commande d’essai : ne rien envoyer</p> : null}
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
          {packed.map(({ sku, title, label, quantity, kept }) => (
            <tr key={sku}>
              <td>{sku}</td>
              <td>
                <strong>{title}</strong>
                {label ? <div>{label}</div> : null}
                {kept > 0 ? (
                  <div>{`${counted(kept, 'remboursée')} : à vérifier avant l’envoi`}</div>
                ) : null}
              </td>
              <td className="count">{quantity}</td>
              <td className="tick">
                <span className="box" />
              </td>
            </tr>
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
    </article>
  );
};

/** The packing slip alone on the screen and on paper: outside the admin's frame, which would cut it after one page. No prices: it may travel in the parcel. */
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
          <Flex className="bar" justifyContent="space-between" gap={3}>
            <LinkButton
              tag={Link}
              to={orderPage(number)}
              variant="tertiary"
              startIcon={<ArrowLeft />}
            >
              {number}
            </LinkButton>
            <Button startIcon={<File />} disabled={data === null} onClick={() => window.print()}>
              Imprimer
            </Button>
          </Flex>
          {/* The shop's name as the admin's login page says it. */}
          {data ? (
            <Slip
              order={data.data}
              shop={formatMessage({ id: 'Auth.form.welcome.title', defaultMessage: '' })}
            />
          ) : null}
          {data === null && problem === null ? <Page.Loading /> : null}
          {data === null && problem !== null ? <Unread problem={problem} retry={reload} /> : null}
        </main>,
        document.body,
      )}
    </>
  );
}
