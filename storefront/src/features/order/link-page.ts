import { emailSchema, orderNumberSchema } from '@comptoir/contracts';

import type { PageRequest } from '../../http/page-request.ts';
import type { PageResponse } from '../../http/page-response.ts';
import type { ShopContext } from '../../http/shop-context.ts';
import { routes } from '../i18n/page-routes.ts';

/**
 * The form for a buyer who lost the link of an order. `email` and `number` are what its fields
 * hold.
 */
export interface LinkForm {
  state: 'none' | 'sent' | 'bad-email' | 'too-many' | 'failed';
  email: string;
  number: string;
}
export interface LinkPage extends LinkForm {
  kind: 'link';
}
const SENT = 'envoi';

/** The form before anything was typed. A number is kept only if it can be one. */
export const linkForm = (number = ''): LinkForm => ({
  state: 'none',
  email: '',
  number: orderNumberSchema.safeParse(number).data ?? '',
});

/** `GET /commande`. */
export const showLinkForm = ({ query }: PageRequest): PageResponse<LinkPage> => ({
  kind: 'page',
  status: 200,
  cookies: [],
  props: { kind: 'link', ...linkForm(), ...(query.has(SENT) && { state: 'sent' }) },
});

/**
 * `POST /commande`: sends one order's link, or those of all orders of an address: a number that
 * cannot be one is left out. The answer is the same whether an order exists or not, and leads away,
 * so that reloading it sends nothing again.
 */
export async function askLink(
  { orders, locale }: ShopContext,
  { form, clientAddress }: PageRequest,
): Promise<PageResponse<LinkPage>> {
  const typed = {
    email: (form.get('email') ?? '').slice(0, 300),
    number: (form.get('number') ?? '').trim().slice(0, 40),
  };
  const render = (
    state: LinkForm['state'],
    status: number,
    retryAfter?: number,
  ): PageResponse<LinkPage> => ({
    kind: 'page',
    status,
    retryAfter,
    cookies: [],
    props: { kind: 'link', state, ...typed },
  });
  const email = emailSchema.safeParse(typed.email);
  if (!email.success) return render('bad-email', 422);
  const result = await orders.sendLink(
    email.data,
    orderNumberSchema.safeParse(typed.number.toUpperCase()).data,
    clientAddress,
  );
  if (result.kind === 'sent')
    return { kind: 'redirect', to: `${routes.orders(locale)}?${SENT}=1`, cookies: [] };
  return result.kind === 'too-many'
    ? render('too-many', 429, result.retryAfter)
    : render('failed', 503, 60);
}
