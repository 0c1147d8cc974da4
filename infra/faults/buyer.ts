import {
  apiPaths,
  type CartLine,
  CLIENT_ADDRESS_HEADER,
  failureSchema,
  orderAnswerSchema,
  orderPlacedSchema,
  quoteAnswerSchema,
} from '@comptoir/contracts';

import { signClientAddress } from '../../plugins/commerce/domain/client-address-claim.ts';
import { eventually } from './eventually.ts';
import { type Parts, SECRETS } from './parts.ts';

export interface Placed {
  number: string;
  token: string;
  /** The page to pay on. */ session: string;
}
interface Answer {
  status: number;
  body: unknown;
}

/** The door's words for "ask again": the back office is away, or went away over this very question. */
const AWAY: readonly unknown[] = ['database', 'strapi', 'lost', 'too-slow'];
const reasonOf = (body: unknown): unknown =>
  failureSchema.safeParse(body).data?.error.details['reason'];
/** Nothing was answered that will still be so later. An order is asked for under its own key, so asking again is harmless. */
const comesAgain = ({ status, body }: Answer): boolean =>
  status === 500 || status === 429 || AWAY.includes(reasonOf(body));

type Ask = (path: string, body?: unknown) => Promise<Answer>;

/** Asks from one address, again while the back office is away. */
function askFrom({ api }: Parts, address: string): Ask {
  const once = async (path: string, body?: unknown): Promise<Answer | null> => {
    const headers = {
      'content-type': 'application/json',
      [CLIENT_ADDRESS_HEADER]: signClientAddress(address, new Date(), SECRETS.clientAddress),
    };
    try {
      const answer = await fetch(`${api.url}${path}`, {
        headers,
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      });
      return { status: answer.status, body: await answer.json() };
    } catch {
      return null;
    }
  };
  return (path, body) =>
    eventually(
      `an answer of ${path}`,
      async () => {
        const answer = await once(path, body);
        return answer === null || comesAgain(answer) ? null : answer;
      },
      { everyMs: 200 },
    );
}

/** Sends one request until the page to pay on is known, or the pieces are sold. */
const untilPayable = (ask: Ask, body: unknown): Promise<Placed | 'sold'> =>
  eventually(
    'a page to pay on',
    async () => {
      const answer = await ask(apiPaths.orders, body);
      if (answer.status === 409) return 'sold';
      if (answer.status !== 201 && answer.status !== 202)
        throw new Error(`An order was refused: ${JSON.stringify([body, answer])}`);
      const { number, token, paymentUrl } = orderPlacedSchema.parse(answer.body).data;
      // 201 without an address: it is paid already, as when one orders again what one has just paid.
      return answer.status === 201
        ? { number, token, session: paymentUrl?.split('/').at(-1) ?? '' }
        : null;
    },
    { everyMs: 500, ms: 120_000 },
  );

/** A buyer with an address and an e-mail of its own, who does what the storefront does: asks again under the same key until there is an answer. */
export function createBuyer(parts: Parts, id: number, run = 'table') {
  const ask = askFrom(parts, `10.${(id >> 16) & 255}.${(id >> 8) & 255}.${id & 255}`);
  const email = `buyer-${run}-${id}@example.fr`;
  const buying = { country: 'FR', locale: 'fr', email, termsAccepted: true };
  return {
    email,
    /** Places an order; with `copies`, by that many clicks at once, whose answers must agree. */
    async order(
      lines: CartLine[],
      {
        attempt = 1,
        previous,
        copies = 1,
      }: { attempt?: number; previous?: Placed; copies?: number } = {},
    ): Promise<Placed | 'sold'> {
      const { data } = quoteAnswerSchema.parse(
        (await ask(apiPaths.quote, { cart: { lines }, country: 'FR', locale: 'fr' })).body,
      );
      const replaces = previous && { previous: { number: previous.number, token: previous.token } };
      const body = {
        ...buying,
        ...replaces,
        cart: { lines },
        expectedTotal: data.total.amount,
        idempotencyKey: `key-${run}-${id}-of-attempt-${attempt}`,
      };
      const answers = await Promise.all(
        Array.from({ length: copies }, () => untilPayable(ask, body)),
      );
      if (new Set(answers.map((answer) => JSON.stringify(answer))).size > 1)
        throw new Error(`The clicks of ${email} have several answers: ${JSON.stringify(answers)}`);
      return answers[0] ?? 'sold';
    },
    /** The order's page, as its mailed link opens it. */
    look: async ({ number, token }: Placed) =>
      orderAnswerSchema.parse((await ask(apiPaths.order(number, token))).body).data,
  };
}
export type Buyer = ReturnType<typeof createBuyer>;
