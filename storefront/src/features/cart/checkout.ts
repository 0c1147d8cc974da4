import { cents, deliveryMethodSchema, emailSchema } from '@comptoir/contracts';

import type { PlaceResult } from '../../client/orders-api.ts';
import type { Reply, Visit } from '../../client/visit.ts';
import { routes } from '../i18n/routes.ts';
import type { Counter, PageParts } from './cart.ts';
import { pageOf, quotedPage, settle } from './cart.ts';
import type { CartPage, NoticeText, Problem } from './cart-page.ts';
import type { Basket } from './cookies.ts';
import { orderCookie, readBasket } from './cookies.ts';
import { keyFits } from './key.ts';

interface Asked {
  email: string;
  key: string;
  total: number;
  delivery: string;
  accepted: boolean;
}
type Placed = Extract<PlaceResult, { kind: 'placed' }>;

const read = (form: URLSearchParams): Asked => ({
  email: (form.get('email') ?? '').slice(0, 300),
  key: form.get('key') ?? '',
  total: /^\d{1,12}$/.test(form.get('total') ?? '') ? Number(form.get('total')) : -1,
  delivery: deliveryMethodSchema.safeParse(form.get('delivery')).data ?? '',
  accepted: form.get('terms') === 'on',
});

function problemsOf({ email, accepted }: Asked): Problem[] {
  const problems: Problem[] = [];
  if (!emailSchema.safeParse(email).success)
    problems.push({ field: 'email', typed: email, text: 'cart.emailProblem' });
  if (!accepted) problems.push({ field: 'terms', typed: '', text: 'cart.termsProblem' });
  return problems;
}

/** Where to go with a placed order: to the payment, or to the order's page when nothing is due or the provider has not answered. */
function placed(
  { locale, mayPayAt }: Counter,
  { number, token, paymentUrl, waiting }: Placed,
): Reply {
  const page = routes.order(locale, number, token);
  const to =
    paymentUrl && mayPayAt(paymentUrl)
      ? paymentUrl
      : `${page}${waiting || paymentUrl ? '&attente=1' : ''}`;
  return { kind: 'redirect', to, cookies: [orderCookie({ number, token })] };
}

const page = (
  shown: CartPage,
  status: number,
  more: Partial<Extract<Reply, { kind: 'page' }>> = {},
): Reply => ({ kind: 'page', page: shown, status, cookies: [], ...more });

/** Says why nothing was ordered. The key stays the same only when the order may exist: then asking again is the same order. */
async function refused(
  counter: Counter,
  basket: Basket,
  client: string,
  asked: Asked,
  result: Exclude<PlaceResult, Placed>,
): Promise<Reply> {
  const again = (notice: NoticeText, more: PageParts = {}): Promise<CartPage> =>
    quotedPage(counter, basket, client, { email: asked.email, notices: [notice], ...more });
  switch (result.kind) {
    case 'changed': {
      // The order this one was to replace is closed by now, and what is short, is short; unless nobody could close it: then it still holds its pieces.
      const now = await settle(counter, basket, client);
      return page(
        pageOf(counter, now.basket, result.quote, {
          email: asked.email,
          notices: ['cart.notice.changed'],
        }),
        409,
        { cookies: now.cookies },
      );
    }
    case 'key-reused':
      return page(await again('cart.notice.again'), 409);
    case 'invalid':
      return page(
        await again(
          'cart.notice.invalid',
          result.fields.includes('email')
            ? { problems: [{ field: 'email', typed: asked.email, text: 'cart.emailProblem' }] }
            : {},
        ),
        422,
      );
    case 'too-many':
      return page(await again('cart.notice.tooMany'), 429);
    case 'closed':
      return page(await again('cart.notice.closed'), 503, { retryAfter: result.retryAfter });
    case 'unknown':
      return page(
        await again('cart.notice.unknown', {
          key: asked.key,
          total: asked.total,
          delivery: asked.delivery,
        }),
        503,
        { retryAfter: 5 },
      );
  }
}

/** `POST /panier` of the order form. */
export async function orderCart(counter: Counter, visit: Visit): Promise<Reply> {
  const basket = readBasket(visit.cookies);
  const { cart, country, code, previous } = basket;
  if (cart.lines.length === 0)
    return { kind: 'redirect', to: routes.cart(counter.locale), cookies: [] };
  const asked = read(visit.form);
  if (!keyFits(asked.key, basket) || asked.total < 0)
    return page(
      await quotedPage(counter, basket, visit.client, {
        email: asked.email,
        notices: ['cart.notice.changed'],
      }),
      409,
    );
  const problems = problemsOf(asked);
  if (problems.length > 0)
    return page(
      await quotedPage(counter, basket, visit.client, {
        email: asked.email,
        key: asked.key,
        problems,
      }),
      422,
    );
  const result = await counter.orders.place(
    {
      cart,
      country,
      locale: counter.locale,
      email: asked.email.trim(),
      expectedTotal: cents(asked.total),
      idempotencyKey: asked.key,
      termsAccepted: true,
      ...(asked.delivery && { delivery: asked.delivery }),
      ...(code && { promotionCode: code }),
      ...(previous && { previous }),
    },
    visit.client,
  );
  return result.kind === 'placed'
    ? placed(counter, result)
    : refused(counter, basket, visit.client, asked, result);
}
