import type { TimelineItem } from '../../../domain/staff-order-api.ts';
import type { Tone } from '../ui/parts.tsx';

/** One entry in words. `state` only where something is still to come or went wrong: what went well needs no badge. */
export interface Said {
  title: string;
  detail: string;
  state: { text: string; tone: Tone } | null;
  error: string | null;
}

const STATES: Readonly<Partial<Record<string, Said['state']>>> = {
  waiting: { text: 'En attente d’envoi', tone: 'warning' },
  received: { text: 'En attente', tone: 'warning' },
  dead: { text: 'Abandonné', tone: 'danger' },
};

/** What an entry of the timeline says. An error is shown while it matters: not once the message went through. */
export function sayItem(item: TimelineItem): Said {
  if (item.kind === 'event' || item.kind === 'stock')
    return { title: item.text, detail: item.actor, state: null, error: null };
  const state = STATES[item.state] ?? null;
  const error = state === null ? null : item.error;
  return item.kind === 'mail'
    ? { title: `E-mail : ${item.text}`, detail: item.to, state, error }
    : { title: `Stripe : ${item.text}`, detail: '', state, error };
}

/** The second try an entry offers: the end of its route, and the button's word. A message that waits for its turn needs none. */
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
