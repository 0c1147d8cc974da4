import type { TimelineItem } from '../../../domain/staff-order-api.ts';
import type { Tone } from '../ui/elements.tsx';

/**
 * One entry in words. `state` is set only while something is pending or has failed: what went well
 * needs no badge.
 */
interface ItemWords {
  title: string;
  detail: string;
  state: { text: string; tone: Tone } | null;
  error: string | null;
}

const STATES: Readonly<Partial<Record<string, ItemWords['state']>>> = {
  waiting: { text: 'En attente d’envoi', tone: 'warning' },
  received: { text: 'En attente', tone: 'warning' },
  dead: { text: 'Abandonné', tone: 'danger' },
};

/** The words of a timeline entry. An error is shown until the message has gone through. */
export function wordsOf(item: TimelineItem): ItemWords {
  if (item.kind === 'event' || item.kind === 'stock')
    return { title: item.text, detail: item.actor, state: null, error: null };
  const state = STATES[item.state] ?? null;
  const error = state === null ? null : item.error;
  return item.kind === 'mail'
    ? { title: `E-mail : ${item.text}`, detail: item.to, state, error }
    : { title: `Stripe : ${item.text}`, detail: '', state, error };
}

/**
 * The second try an entry offers: the end of its route, and the button's word. A message that waits
 * for its turn needs none.
 */
export function replayOf(item: TimelineItem): { what: string; text: string } | null {
  if (item.kind === 'mail')
    return item.state === 'waiting'
      ? null
      : { what: `mails/${encodeURIComponent(item.key)}`, text: 'Renvoyer' };
  if (item.kind === 'webhook')
    return item.state === 'received'
      ? null
      : { what: `events/${encodeURIComponent(item.id)}`, text: 'Rejouer' };
  return null;
}
