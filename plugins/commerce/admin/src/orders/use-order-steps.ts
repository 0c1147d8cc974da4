import { useState } from 'react';

import type { StaffOrder } from '../../../domain/staff-order-api.ts';
import { useSay, useSend } from '../ui/use-requests.ts';
import { orderRoute } from './paths.ts';

/** Steps of an order that need no dialog. `busy` is the number of the order a step is under way for; `after` gets the order as it is then, null when it was refused. */
export function useOrderSteps(after: (order: StaffOrder | null) => unknown): {
  busy: string | null;
  prepare(number: string): Promise<void>;
  retryRefunds(number: string): Promise<void>;
  replay(number: string, what: string): Promise<void>;
} {
  const send = useSend();
  const { done, failed } = useSay();
  const [busy, setBusy] = useState<string | null>(null);
  const step = async (number: string, route: string, said: string): Promise<void> => {
    setBusy(number);
    const sent = await send<{ data: StaffOrder }>('post', `${orderRoute(number)}/${route}`);
    setBusy(null);
    if (sent.ok) done(said);
    else failed(sent.problem.message);
    after(sent.ok ? sent.data.data : null);
  };
  return {
    busy,
    prepare: (number) => step(number, 'preparation', `${number} est en préparation.`),
    retryRefunds: (number) =>
      step(number, 'refunds/retry', 'Les remboursements sont relancés : l’historique le montre.'),
    replay: (number, what) =>
      step(number, `${what}/replay`, 'C’est reparti : l’historique le montre.'),
  };
}
