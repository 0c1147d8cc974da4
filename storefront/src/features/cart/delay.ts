import type { Locale, Quote } from '@comptoir/contracts';

import type { TextKey } from '../i18n/texts.ts';
import { translator } from '../i18n/texts.ts';

type Delay = Pick<NonNullable<Quote['shipping']>, 'minDays' | 'maxDays'>;

const text =
  (one: TextKey, several: TextKey) =>
  (locale: Locale, { minDays: min, maxDays: max }: Delay): string => {
    const t = translator(locale);
    const days = t(new Intl.PluralRules(locale).select(max) === 'one' ? 'cart.day' : 'cart.days');
    return t(min === max ? one : several, { min, max, days });
  };

/** When a parcel is expected, in working days after the payment, as a sentence. */
export const delayText = text('cart.delayOne', 'cart.delay');
/** The bare number of working days. */
export const daysText = text('cart.inDaysOne', 'cart.inDays');
