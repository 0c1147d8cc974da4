import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { renditionKey } from '@comptoir/contracts';

import { pictureHash } from './hash.ts';
import {
  makeMainPicture,
  makeRenditions,
  pictureFacts,
  type Rendition,
  renditionKeys,
  widthsFor,
} from './renditions.ts';

const plain = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#b5651d' } })
    .jpeg()
    .toBuffer();

async function all(original: Buffer): Promise<Rendition[]> {
  const made: Rendition[] = [];
  for await (const rendition of makeRenditions(original, await pictureFacts(original)))
    made.push(rendition);
  return made;
}

test.each([
  [100, [100]],
  [320, [320]],
  [1000, [320, 480, 640, 960]],
  [4000, [320, 480, 640, 960, 1280, 1800]],
])('%i px wide: %j', (width, widths) => expect(widthsFor(width)).toEqual(widths));

test('the hash follows the bytes only', () => {
  expect(pictureHash(Buffer.from('a'))).toMatch(/^[0-9a-f]{32}$/);
  expect(pictureHash(Buffer.from('a'))).toBe(pictureHash(Buffer.from('a')));
  expect(pictureHash(Buffer.from('a'))).not.toBe(pictureHash(Buffer.from('b')));
});

describe('renditions', () => {
  test('turned as the camera held it, named by content, nothing of the metadata left', async () => {
    const original = await sharp(await plain(500, 400))
      .withExif({ IFD0: { Copyright: 'where I live' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const facts = await pictureFacts(original);

    expect(facts).toMatchObject({ width: 400, height: 500, widths: [320] });

    const made = await all(original);
    expect(made.map(({ key }) => key)).toEqual([
      renditionKey(facts.hash, 320, 'avif'),
      renditionKey(facts.hash, 320, 'webp'),
    ]);
    expect(renditionKeys(facts)).toEqual(made.map(({ key }) => key));

    for (const { bytes, contentType } of made) {
      const seen = await sharp(bytes).metadata();
      expect(seen).toMatchObject({ width: 320, height: 400 });
      expect([seen.exif, seen.icc, seen.xmp, seen.orientation]).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ]);
      expect(contentType).toMatch(/^image\/(avif|webp)$/);
    }
  });

  test('the same picture gives the same bytes', async () => {
    const original = await plain(330, 100);
    expect(await all(original)).toEqual(await all(original));
  });

  test('a damaged picture is an error, not half a picture', async () => {
    const original = await sharp({
      create: {
        width: 400,
        height: 400,
        channels: 3,
        background: 'red',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .jpeg()
      .toBuffer();
    await expect(all(original.subarray(0, original.length / 2))).rejects.toThrow();
  });
});

test('the main picture is a PNG of at most 1200 px, never enlarged', async () => {
  expect(await sharp(await makeMainPicture(await plain(2400, 600))).metadata()).toMatchObject({
    format: 'png',
    width: 1200,
    height: 300,
  });
  expect(await sharp(await makeMainPicture(await plain(50, 60))).metadata()).toMatchObject({
    width: 50,
    height: 60,
  });
});
