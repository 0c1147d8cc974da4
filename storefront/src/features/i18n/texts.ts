import type { Locale } from '@comptoir/contracts';

import { typeset } from '../../client/typography.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

export type TextKey = keyof typeof fr;
export type Translate = (key: TextKey, values?: Record<string, string | number>) => string;

const TEXTS: Record<Locale, Record<TextKey, string>> = { fr, en };

/**
 * The texts of one language: `const t = translator('fr'); t('product.from', { price })`. Unknown
 * placeholders stay as they are.
 */
export function translator(locale: Locale): Translate {
  return (key, values = {}) => {
    const all: Record<string, string | number> = { nbsp: '\u00a0', ...values };
    return typeset(TEXTS[locale][key], locale).replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(all[name] ?? whole),
    );
  };
}

/** The other language of the shop. */
export const otherLocale = (locale: Locale): Locale => (locale === 'fr' ? 'en' : 'fr');
