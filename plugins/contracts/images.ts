import { z } from 'zod';

/**
 * Rendition widths in CSS pixels; a picture gets those not wider than itself, and its own width
 * when it is narrower than all.
 */
export const RENDITION_WIDTHS = [320, 480, 640, 960, 1280, 1800] as const;
export const RENDITION_FORMATS = ['avif', 'webp'] as const;
export type RenditionFormat = (typeof RENDITION_FORMATS)[number];

/**
 * Names a picture's renditions by the content of its original: 32 lower-case hexadecimal digits.
 */
export const HASH_PATTERN = /^[0-9a-f]{32}$/;

/**
 * A picture as pages need it: content hash, size of the original in pixels, existing rendition
 * widths (ascending), text alternative.
 */
export const pictureSchema = z.object({
  hash: z.string().regex(HASH_PATTERN),
  width: z.int().positive(),
  height: z.int().positive(),
  widths: z.array(z.int().positive()).min(1),
  alt: z.string(),
});
export type Picture = z.infer<typeof pictureSchema>;

/** Key of an immutable rendition in the image store. */
export const renditionKey = (hash: string, width: number, format: RenditionFormat): string =>
  `renditions/${hash}/${width}.${format}`;

/** Key of a product's main picture: stable, follows each publish. */
export const mainImageKey = (reference: string): string => `products/${reference}/main.png`;

/** Address of a stored image. `base` is `PUBLIC_IMAGE_BASE`, without a trailing slash. */
export const imageUrl = (base: string, key: string): string => `${base}/${key}`;

/** Every key the public may ask for; anything else is 404. */
export const IMAGE_KEY_PATTERN =
  /^(?:renditions\/[0-9a-f]{32}\/[1-9][0-9]{1,4}\.(?:avif|webp)|products\/[a-z0-9][a-z0-9-]{1,39}\/main\.png)$/;
