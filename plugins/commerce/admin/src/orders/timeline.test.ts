import { expect, test } from 'vitest';

import type { TimelineItem } from '../../../domain/staff-order-api.ts';
import { replayOf, sayItem } from './timeline.ts';

const at = '2026-11-25T12:00:00Z';
const mail = (state: 'waiting' | 'sent' | 'dead', error: string | null = null): TimelineItem => ({
  kind: 'mail',
  at,
  text: 'Avis d’expédition',
  to: 'a@b.fr',
  state,
  key: 'order-shipped/1',
  error,
});
const webhook = (state: 'received' | 'done' | 'dead'): TimelineItem => ({
  kind: 'webhook',
  at,
  text: 'charge.refunded',
  state,
  id: 'evt_1',
  error: 'refused',
});
const event: TimelineItem = { kind: 'event', at, actor: 'anne@atelier.fr', text: 'Colis expédié' };

test.each<[TimelineItem, string, string | null, string | null]>([
  [event, 'Colis expédié', null, null],
  [mail('sent'), 'E-mail : Avis d’expédition', null, null],
  [mail('sent', 'tried twice'), 'E-mail : Avis d’expédition', null, null],
  [mail('waiting', 'busy'), 'E-mail : Avis d’expédition', 'En attente d’envoi', 'busy'],
  [webhook('dead'), 'Stripe : charge.refunded', 'Abandonné', 'refused'],
  [webhook('done'), 'Stripe : charge.refunded', null, null],
])('%j', (item, title, state, error) => {
  const said = sayItem(item);
  expect([said.title, said.state?.text ?? null, said.error]).toEqual([title, state, error]);
});

test.each<[TimelineItem, ReturnType<typeof replayOf>]>([
  [event, null],
  [mail('waiting'), null],
  [webhook('received'), null],
  [mail('sent'), { what: 'mails/order-shipped%2F1', text: 'Renvoyer' }],
  [mail('dead'), { what: 'mails/order-shipped%2F1', text: 'Renvoyer' }],
  [webhook('dead'), { what: 'events/evt_1', text: 'Rejouer' }],
])('second try of %j', (item, replay) => expect(replayOf(item)).toEqual(replay));
