import { createHash, randomBytes } from 'node:crypto';
import { cartToCookie, idempotencyKeySchema } from '@comptoir/contracts';

import type { Basket } from './basket-cookies.ts';

const BOUND = 16;

const bind = ({ cart, country, delivery, code }: Basket): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        cartToCookie(cart),
        country,
        code.toUpperCase(),
        ...(delivery === '' ? [] : [delivery]),
      ]),
    )
    .digest('base64url')
    .slice(0, BOUND);

/** A fresh key for one rendered form: random, and bound to what the form shows. */
export const newKey = (basket: Basket): string =>
  randomBytes(18).toString('base64url') + bind(basket);

/**
 * True when a form with this key showed just this basket: another tab may have changed it since.
 */
export const keyFits = (key: string, basket: Basket): boolean =>
  idempotencyKeySchema.safeParse(key).success &&
  key.length > BOUND &&
  key.slice(-BOUND) === bind(basket);
