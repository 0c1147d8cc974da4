import type { Locale, OrderObstacle, Quote } from '@comptoir/contracts';
import { countPieces, euros, MAX_ORDER_PIECES, MIN_CARD_PAYMENT } from '@comptoir/contracts';

import { formatMoney } from '../catalogue/price.ts';
import { translator } from '../i18n/texts.ts';

/**
 * Why the cart as a whole cannot be ordered, in words. Problems of a piece, of the delivery or of
 * the shop are shown at their own places.
 */
export function obstacleTexts(
  { reasons, lines }: Pick<Quote, 'reasons' | 'lines'>,
  locale: Locale,
): string[] {
  const t = translator(locale);
  const texts: Partial<Record<OrderObstacle, string>> = {
    'too-many-pieces': t('cart.tooManyPieces', {
      most: MAX_ORDER_PIECES,
      pieces: countPieces({ lines: lines.filter(({ state }) => state !== 'gone') }),
    }),
    'below-minimum': t('cart.belowMinimum', {
      minimum: formatMoney(euros(MIN_CARD_PAYMENT), locale),
    }),
  };
  return reasons.flatMap((reason) => texts[reason] ?? []);
}
