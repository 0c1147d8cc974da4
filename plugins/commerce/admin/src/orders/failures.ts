import type { Failures } from '../../../domain/staff-order-api.ts';
import { counted } from '../ui/french.ts';

/** Everything staff should deal with. */
export const howMany = ({ events, mails, differences, stock }: Failures): number =>
  events.length + mails.length + differences.length + stock.length;

const joined = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} et ${parts.at(-1) ?? ''}`;

/** `1 e-mail et 2 messages de Stripe n’ont pas abouti, 1 écart avec le compte Stripe, 1 stock à vérifier`. */
export function failuresTitle({ events, mails, differences, stock }: Failures): string {
  const lost = joined([
    ...(mails.length > 0 ? [counted(mails.length, 'e-mail')] : []),
    ...(events.length > 0
      ? [counted(events.length, 'message de Stripe', 'messages de Stripe')]
      : []),
  ]);
  const tried =
    lost === ''
      ? []
      : [`${lost} ${mails.length + events.length > 1 ? 'n’ont pas abouti' : 'n’a pas abouti'}`];
  const odd =
    differences.length > 0
      ? [counted(differences.length, 'écart avec le compte Stripe', 'écarts avec le compte Stripe')]
      : [];
  return [
    ...tried,
    ...odd,
    ...(stock.length > 0 ? [counted(stock.length, 'stock à vérifier', 'stocks à vérifier')] : []),
  ].join(', ');
}
