import type { Locale, Quote } from '@comptoir/contracts';
import { translator } from '../i18n/texts.ts';

/** When a parcel is expected, in working days after the payment, as a sentence. */
export function delayText(locale: Locale, { minDays: min, maxDays: max }: Pick<NonNullable<Quote['shipping']>, 'minDays' | 'maxDays'>): string {
  const t = translator(locale);
  const days = t(new Intl.PluralRules(locale).select(max) === 'one' ? 'cart.day' : 'cart.days');
  return t(min === max ? 'cart.delayOne' : 'cart.delay', { min, max, days });
}
