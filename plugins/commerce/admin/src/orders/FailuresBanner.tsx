import { Box, Button, Flex, Link, Typography } from '@strapi/design-system';
import { type ReactNode, useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';

import type { Failures } from '../../../domain/staff-order-api.ts';
import { shortDate } from '../ui/french.ts';
import { useRead, useSay, useSend } from '../ui/use-requests.ts';
import { failuresTitle, howMany } from './failures.ts';
import { orderPage } from './paths.ts';

/** One way to deal with a failure: what its button says, to eyes and to ears. */
interface Way {
  text: string;
  label: string;
  act(): void;
}
interface LineProps {
  text: ReactNode;
  order: string | null;
  at: string;
  error: string | null;
  busy: boolean;
  ways: readonly Way[];
}
const Line = ({ text, order, at, error, busy, ways }: LineProps) => (
  <Flex tag="li" justifyContent="space-between" gap={3} paddingTop={2} wrap="wrap">
    <Box style={{ minWidth: 0 }}>
      <Typography tag="div" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
        {text}{' '}
        {order ? (
          <Link tag={RouterLink} to={orderPage(order)}>
            {order}
          </Link>
        ) : null}
      </Typography>
      <Typography
        tag="div"
        variant="pi"
        textColor="neutral600"
        style={{ overflowWrap: 'anywhere' }}
      >
        {[shortDate(at), error].filter(Boolean).join(' · ')}
      </Typography>
    </Box>
    <Flex gap={2} shrink={0}>
      {ways.map((way) => (
        <Button
          key={way.text}
          size="S"
          variant="tertiary"
          disabled={busy}
          aria-label={way.label}
          onClick={() => way.act()}
        >
          {way.text}
        </Button>
      ))}
    </Flex>
  </Flex>
);

interface ListProps {
  failures: Failures;
  canReplay: boolean;
  canDismiss: boolean;
  busy: boolean;
  send(path: string, said: string, body?: unknown): void;
}
const AGAIN = 'C’est reparti : un nouvel essai a lieu maintenant.';
const DEALT = 'C’est classé.';
/** Nothing staff can do in these pages, and nothing to put aside: it is gone once the stock adds up. */
const NOT_A_SUM =
  'Le stock n’est pas la somme de ses mouvements. Prévenez la personne qui tient le serveur (notice d’exploitation, H.12).';

const FailureList = ({
  failures: { mails, events, differences, stock },
  canReplay,
  canDismiss,
  busy,
  send,
}: ListProps) => {
  const way = (
    allowed: boolean,
    text: string,
    label: string,
    path: string,
    said: string,
    body?: unknown,
  ): Way[] => (allowed ? [{ text, label, act: () => send(path, said, body) }] : []);
  return (
    <ul style={{ listStyle: 'none' }}>
      {mails.map(({ key, kind, to, at, error }) => (
        <Line
          key={key}
          text={`E-mail « ${kind} » à ${to}`}
          order={null}
          at={at}
          error={error}
          busy={busy}
          ways={way(
            canReplay,
            'Rejouer',
            `Renvoyer à ${to}`,
            `mails/${encodeURIComponent(key)}/replay`,
            AGAIN,
          )}
        />
      ))}
      {events.map(({ id, type, order, at, error }) => (
        <Line
          key={id}
          text={`Stripe : ${type}`}
          order={order}
          at={at}
          error={error}
          busy={busy}
          ways={[
            ...way(
              canReplay,
              'Rejouer',
              `Rejouer ${type}`,
              `events/${encodeURIComponent(id)}/replay`,
              AGAIN,
            ),
            ...way(
              canDismiss,
              'Classer',
              `Classer ${type}, réglé ailleurs`,
              `events/${encodeURIComponent(id)}/dismissal`,
              DEALT,
            ),
          ]}
        />
      ))}
      {differences.map(({ kind, object, title, detail, order, at }) => (
        <Line
          key={`${kind} ${object}`}
          text={`${title} : ${object}`}
          order={order}
          at={at}
          error={detail}
          busy={busy}
          ways={way(
            canDismiss,
            'Classer',
            `Classer ${object}, réglé ailleurs`,
            'differences/dismissal',
            DEALT,
            { kind, object },
          )}
        />
      ))}
      {stock.map(({ sku, at }) => (
        <Line
          key={sku}
          text={`Stock : ${sku}`}
          order={null}
          at={at}
          error={NOT_A_SUM}
          busy={busy}
          ways={[]}
        />
      ))}
    </ul>
  );
};

/** What was given up after its last try, or disagrees with Stripe's account or with itself, with a way to try again or to put it aside. Nothing to see while all is well. */
export function FailuresBanner({
  canReplay,
  canDismiss,
}: {
  canReplay: boolean;
  canDismiss: boolean;
}) {
  const { data, put } = useRead<{ data: Failures }>('/commerce/failures');
  const request = useSend();
  const { done, failed } = useSay();
  const [busy, setBusy] = useState(false);
  const failures = data?.data;
  if (!failures || howMany(failures) === 0) return null;

  const send = async (path: string, said: string, body?: unknown): Promise<void> => {
    setBusy(true);
    const sent = await request<{ data: Failures }>('post', `/commerce/failures/${path}`, body);
    setBusy(false);
    if (!sent.ok) return failed(sent.problem.message);
    put(sent.data);
    done(said);
  };

  return (
    <Box
      tag="section"
      role="status"
      aria-label="Échecs"
      background="danger100"
      borderColor="danger200"
      hasRadius
      padding={4}
    >
      <details open={howMany(failures) <= 3}>
        <summary style={{ cursor: 'pointer' }}>
          <Typography tag="span" fontWeight="bold" textColor="danger700">
            {failuresTitle(failures)}
          </Typography>
        </summary>
        <FailureList
          failures={failures}
          canReplay={canReplay}
          canDismiss={canDismiss}
          busy={busy}
          send={(path, said, body) => void send(path, said, body)}
        />
      </details>
    </Box>
  );
}
