import { useState, type ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { Box, Button, Flex, Link, Typography } from '@strapi/design-system';
import type { Failures } from '../../../domain/staff-orders.ts';
import { counted, shortDate } from '../ui/french.ts';
import { useRead, useSay, useSend } from '../ui/use-requests.ts';
import { orderPage } from './paths.ts';

/** `1 e-mail et 2 messages de Stripe n’ont pas abouti`. */
const title = ({ events, mails }: Failures): string => {
  const parts = [...(mails.length > 0 ? [counted(mails.length, 'e-mail')] : []), ...(events.length > 0 ? [counted(events.length, 'message de Stripe', 'messages de Stripe')] : [])];
  return `${parts.join(' et ')} ${mails.length + events.length > 1 ? 'n’ont pas abouti' : 'n’a pas abouti'}`;
};

interface LineProps { text: ReactNode; at: string; error: string | null; label: string; busy: boolean; onReplay: (() => void) | null }
const Line = ({ text, at, error, label, busy, onReplay }: LineProps) => (
  <Flex tag="li" justifyContent="space-between" gap={3} paddingTop={2}>
    <Box style={{ minWidth: 0 }}>
      <Typography tag="div" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>{text}</Typography>
      <Typography tag="div" variant="pi" textColor="neutral600" style={{ overflowWrap: 'anywhere' }}>{[shortDate(at), error].filter(Boolean).join(' · ')}</Typography>
    </Box>
    {onReplay ? <Box shrink={0}><Button size="S" variant="tertiary" loading={busy} aria-label={label} onClick={onReplay}>Rejouer</Button></Box> : null}
  </Flex>
);

/** What was given up after its last try, with a way to try again. Nothing to see while all is well. */
export function FailuresBanner({ canReplay }: { canReplay: boolean }) {
  const { data, put } = useRead<{ data: Failures }>('/commerce/failures');
  const send = useSend();
  const { done, failed } = useSay();
  const [busy, setBusy] = useState<string | null>(null);
  const failures = data?.data;
  if (!failures || failures.events.length + failures.mails.length === 0) return null;

  const replay = (kind: 'events' | 'mails', id: string) => async (): Promise<void> => {
    setBusy(id);
    const sent = await send<{ data: Failures }>('post', `/commerce/failures/${kind}/${encodeURIComponent(id)}/replay`);
    setBusy(null);
    if (!sent.ok) return failed(sent.problem.message);
    put(sent.data);
    done('C’est reparti : un nouvel essai a lieu maintenant.');
  };
  const button = (kind: 'events' | 'mails', id: string): (() => void) | null => (canReplay ? () => void replay(kind, id)() : null);

  return (
    <Box tag="section" role="status" aria-label="Échecs" background="danger100" borderColor="danger200" hasRadius padding={4}>
      <details open={failures.events.length + failures.mails.length <= 3}>
        <summary style={{ cursor: 'pointer' }}><Typography tag="span" fontWeight="bold" textColor="danger700">{title(failures)}</Typography></summary>
        <ul style={{ listStyle: 'none' }}>
          {failures.mails.map(({ key, kind, to, at, error }) => <Line key={key} text={`E-mail « ${kind} » à ${to}`} at={at} error={error} busy={busy === key} label={`Renvoyer à ${to}`} onReplay={button('mails', key)} />)}
          {failures.events.map(({ id, type, order, at, error }) => <Line key={id} text={<>{`Stripe : ${type} `}{order ? <Link tag={RouterLink} to={orderPage(order)}>{order}</Link> : null}</>} at={at} error={error} busy={busy === id} label={`Rejouer ${type}`} onReplay={button('events', id)} />)}
        </ul>
      </details>
    </Box>
  );
}
