import type { Picture, RenditionFormat } from '@comptoir/contracts';
import { imageUrl, renditionKey } from '@comptoir/contracts';

/** Addresses of a picture's renditions with their widths, for `srcset`. */
export const srcset = (picture: Picture, format: RenditionFormat, base: string): string =>
  picture.widths
    .map((width) => `${imageUrl(base, renditionKey(picture.hash, width, format))} ${width}w`)
    .join(', ');

/**
 * The rendition for readers without `srcset` and for link previews: the one nearest to `wanted` CSS
 * pixels from above.
 */
export function fallbackUrl(picture: Picture, base: string, wanted = 960): string {
  const width =
    picture.widths.find((candidate) => candidate >= wanted) ??
    picture.widths.at(-1) ??
    picture.width;
  return imageUrl(base, renditionKey(picture.hash, width, 'webp'));
}
