import { Box, Button, Flex, Link, Typography } from '@strapi/design-system';
import { type ReactNode, useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';

import type { Failures } from '../../../domain/staff-order-api.ts';
import { shortDate } from '../ui/french-format.ts';
import { useRead, useSay, useSend } from '../ui/use-requests.ts';
import { failuresTitle, howMany } from './failures.ts';
import { orderPage } from './order-paths.ts';

/**
 * One way to deal with a failure. `text` is on its button, `label` is what a screen reader says.
 */
interface Remedy {
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
  remedies: readonly Remedy[];
}
function FailureLine({ text, order, at, error, busy, remedies }: LineProps) {
  return (
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
        {remedies.map((remedy) => (
          <Button
            key={remedy.text}
            size="S"
            variant="tertiary"
            disabled={busy}
            aria-label={remedy.label}
            onClick={() => remedy.act()}
          >
            {remedy.text}
          </Button>
        ))}
      </Flex>
    </Flex>
  );
}

interface ListProps {
  failures: Failures;
  canReplay: boolean;
  canDismiss: boolean;
  busy: boolean;
  send(path: string, doneText: string, body?: unknown): void;
}
type KindProps<Kind extends keyof Failures> = Omit<ListProps, 'failures'> & {
  items: Failures[Kind];
};

const RETRIED = 'C’est reparti : un nouvel essai a lieu maintenant.';
const DISMISSED = 'C’est classé.';
/**
 * Staff can neither mend this in these pages nor put it aside: it is gone once the stock adds up.
 */
const STOCK_DISAGREES =
  'Le stock n’est pas la somme de ses mouvements. Prévenez la personne qui tient le serveur (notice d’exploitation, H.12).';

function LostMails({ items, canReplay, busy, send }: KindProps<'mails'>) {
  return items.map(({ key, kind, to, at, error }) => {
    const replay: Remedy = {
      text: 'Rejouer',
      label: `Renvoyer à ${to}`,
      act: () => send(`mails/${encodeURIComponent(key)}/replay`, RETRIED),
    };
    return (
      <FailureLine
        key={key}
        text={`E-mail « ${kind} » à ${to}`}
        order={null}
        at={at}
        error={error}
        busy={busy}
        remedies={canReplay ? [replay] : []}
      />
    );
  });
}

function LostEvents({ items, canReplay, canDismiss, busy, send }: KindProps<'events'>) {
  return items.map(({ id, type, order, at, error }) => {
    const path = `events/${encodeURIComponent(id)}`;
    const replay: Remedy = {
      text: 'Rejouer',
      label: `Rejouer ${type}`,
      act: () => send(`${path}/replay`, RETRIED),
    };
    const dismiss: Remedy = {
      text: 'Classer',
      label: `Classer ${type}, réglé ailleurs`,
      act: () => send(`${path}/dismissal`, DISMISSED),
    };
    return (
      <FailureLine
        key={id}
        text={`Stripe : ${type}`}
        order={order}
        at={at}
        error={error}
        busy={busy}
        remedies={[...(canReplay ? [replay] : []), ...(canDismiss ? [dismiss] : [])]}
      />
    );
  });
}

function Differences({ items, canDismiss, busy, send }: KindProps<'differences'>) {
  return items.map(({ kind, object, title, detail, order, at }) => {
    const dismiss: Remedy = {
      text: 'Classer',
      label: `Classer ${object}, réglé ailleurs`,
      act: () => send('differences/dismissal', DISMISSED, { kind, object }),
    };
    return (
      <FailureLine
        key={`${kind} ${object}`}
        text={`${title} : ${object}`}
        order={order}
        at={at}
        error={detail}
        busy={busy}
        remedies={canDismiss ? [dismiss] : []}
      />
    );
  });
}

function StockImbalances({ items, busy }: Pick<KindProps<'stock'>, 'items' | 'busy'>) {
  return items.map(({ sku, at }) => (
    <FailureLine
      key={sku}
      text={`Stock : ${sku}`}
      order={null}
      at={at}
      error={STOCK_DISAGREES}
      busy={busy}
      remedies={[]}
    />
  ));
}

function FailureList({ failures: { mails, events, differences, stock }, ...rest }: ListProps) {
  return (
    <ul style={{ listStyle: 'none' }}>
      <LostMails items={mails} {...rest} />
      <LostEvents items={events} {...rest} />
      <Differences items={differences} {...rest} />
      <StockImbalances items={stock} busy={rest.busy} />
    </ul>
  );
}

/** What was given up after its last try, and the request that answers with what is left of it. */
function useFailures() {
  const { data, put } = useRead<{ data: Failures }>('/commerce/failures');
  const request = useSend();
  const { done, failed } = useSay();
  const [busy, setBusy] = useState(false);

  const send = async (path: string, doneText: string, body?: unknown): Promise<void> => {
    setBusy(true);
    const sent = await request<{ data: Failures }>('post', `/commerce/failures/${path}`, body);
    setBusy(false);
    if (!sent.ok) return failed(sent.problem.message);
    put(sent.data);
    done(doneText);
  };
  return { failures: data?.data ?? null, busy, send };
}

/**
 * What was given up after its last try, or disagrees with Stripe's account or with itself,
 * with a way to try again or to put it aside. Nothing is shown while all is well.
 */
export function FailuresBanner({
  canReplay,
  canDismiss,
}: {
  canReplay: boolean;
  canDismiss: boolean;
}) {
  const { failures, busy, send } = useFailures();
  if (failures === null || howMany(failures) === 0) return null;
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
          send={(path, doneText, body) => void send(path, doneText, body)}
        />
      </details>
    </Box>
  );
}
