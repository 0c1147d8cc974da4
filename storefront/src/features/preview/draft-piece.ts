import type { Preview } from '@comptoir/contracts';
import { cents, euros } from '@comptoir/contracts';

import { typeset } from '../../client/typography.ts';
import type { Piece } from '../catalogue/purchase.ts';
import { translator } from '../i18n/texts.ts';

/**
 * A draft as the product page shows a piece: what is missing is said, an unknown weight counts as
 * none.
 */
export function draftPiece({
  locale,
  reference,
  name,
  tagline,
  dimensions,
  descriptionMarkdown,
  careMarkdown,
  category,
  variants,
}: Preview['data']): Piece {
  const shown = (text: string): string => typeset(text, locale);
  return {
    reference,
    descriptionMarkdown,
    careMarkdown,
    category: category?.key ?? null,
    name: shown(name) || translator(locale)('preview.noname'),
    tagline: shown(tagline),
    dimensions: shown(dimensions),
    variants: variants.map(({ sku, label, price, weight }) => ({
      sku,
      label: shown(label),
      price: price === null ? null : euros(cents(price)),
      weight: weight ?? 0,
    })),
  };
}
