import type { Locale, Quote } from '@comptoir/contracts';
import { cents, euros } from '@comptoir/contracts';

import { formatMoney } from '../catalogue/price.ts';
import { translator } from '../i18n/texts.ts';

/**
 * Why the promotion code gives no discount, with the amount that the cart lacks where that is the
 * reason; null when the code applies.
 */
export function codeProblem(
  { promotionProblem: problem, promotionMinimum: minimum, subtotal }: Quote,
  locale: Locale,
): string | null {
  if (problem === null) return null;
  const t = translator(locale);
  if (problem !== 'minimum' || minimum === null) return t(`cart.code.${problem}`);
  return t('cart.code.minimumOf', {
    minimum: formatMoney(minimum, locale),
    missing: formatMoney(euros(cents(minimum.amount - subtotal.amount)), locale),
  });
}
