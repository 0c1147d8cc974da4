import sharp, { type Sharp } from 'sharp';
import {
  type Picture,
  RENDITION_FORMATS,
  RENDITION_WIDTHS,
  type RenditionFormat,
  renditionKey,
} from '@comptoir/contracts';

import { pictureHash } from './hash.ts';
import { contentTypeOf } from './store.ts';

/**
 * A picture without its text: what the bytes alone tell. Width and height are those seen, after the
 * camera's orientation.
 */
export type PictureFacts = Omit<Picture, 'alt'>;

/** One file to store. */
export interface Rendition {
  key: string;
  bytes: Buffer;
  contentType: string;
}

/**
 * More pixels than any camera a merchant owns; beyond it a small file may unfold into gigabytes.
 */
export const MAX_PIXELS = 60_000_000;
/** Longest side of `main.png`, in pixels. */
const MAIN_PICTURE_SIDE = 1_200;

/**
 * Opens a picture for decoding: bounded, strict about damage, turned the way its camera held it.
 */
export const openPicture = (original: Buffer): Sharp =>
  sharp(original, { limitInputPixels: MAX_PIXELS, failOn: 'error', animated: false }).autoOrient();

const ENCODE: Readonly<Record<RenditionFormat, (picture: Sharp) => Sharp>> = {
  avif: (picture) => picture.avif({ quality: 72, effort: 4 }),
  webp: (picture) => picture.webp({ quality: 88, effort: 4, smartSubsample: true }),
};

/** The widths a picture `width` pixels wide gets: the standard ones it can fill, or its own. */
export function widthsFor(width: number): number[] {
  const fitting = RENDITION_WIDTHS.filter((standard) => standard <= width);
  return fitting.length === 0 ? [width] : fitting;
}

/**
 * What the picture's header and bytes tell, without decoding it.
 * @throws Error when it is no picture sharp can open.
 */
export async function pictureFacts(original: Buffer): Promise<PictureFacts> {
  const { autoOrient } = await sharp(original, {
    limitInputPixels: MAX_PIXELS,
    failOn: 'error',
  }).metadata();
  return {
    hash: pictureHash(original),
    width: autoOrient.width,
    height: autoOrient.height,
    widths: widthsFor(autoOrient.width),
  };
}

/** The keys of a picture's renditions. */
export function renditionKeys({ hash, widths }: Pick<PictureFacts, 'hash' | 'widths'>): string[] {
  return widths.flatMap((width) =>
    RENDITION_FORMATS.map((format) => renditionKey(hash, width, format)),
  );
}

/**
 * Encodes every rendition of a picture: sRGB, upright, nothing of the original's metadata (place,
 * camera, thumbnails). One at a time, so that an upload never takes both cores from the shop.
 * @throws Error when the picture is damaged.
 */
export async function* makeRenditions(
  original: Buffer,
  facts: PictureFacts,
): AsyncGenerator<Rendition> {
  for (const width of facts.widths) {
    const resized = openPicture(original).resize({ width, withoutEnlargement: true });
    for (const format of RENDITION_FORMATS) {
      const key = renditionKey(facts.hash, width, format);
      yield {
        key,
        bytes: await ENCODE[format](resized.clone()).toBuffer(),
        contentType: contentTypeOf(key),
      };
    }
  }
}

/**
 * The product's main picture as PNG, at most {@link MAIN_PICTURE_SIDE} pixels on its longer side.
 */
export function makeMainPicture(original: Buffer): Promise<Buffer> {
  const side = MAIN_PICTURE_SIDE;
  return openPicture(original)
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .png({ compressionLevel: 9 })
    .toBuffer();
}
