import sharp from 'sharp';
import { describe, expect, test } from 'vitest';

import { hostileFiles } from './hostile.fixture.ts';
import { inspectPicture, MAX_PICTURE_BYTES } from './inspect.ts';

const hostile = await hostileFiles();

test.each(hostile)('$what is refused', async ({ name, type, bytes, refusal }) => {
  const answer = await inspectPicture(bytes, { name, type });
  expect(answer).toMatchObject({ ok: false, reason: expect.stringMatching(refusal) });
});

describe('sound pictures', () => {
  test.each(['png', 'jpeg', 'webp', 'avif'] as const)('%s', async (format) => {
    const bytes = await sharp({
      create: { width: 40, height: 30, channels: 3, background: 'blue' },
    })
      .toFormat(format)
      .toBuffer();
    expect(
      await inspectPicture(bytes, {
        name: `PHOTO.${format.toUpperCase()}`,
        type: `image/${format}`,
      }),
    ).toEqual({ ok: true, type: `image/${format}` });
    expect(await inspectPicture(bytes, { name: 'photo', type: '' })).toMatchObject({ ok: true });
  });
});

test('empty and too heavy files are refused before anything is decoded', async () => {
  expect(await inspectPicture(Buffer.alloc(0), { name: 'a.png', type: 'image/png' })).toMatchObject(
    { reason: expect.stringContaining('vide') },
  );
  expect(
    await inspectPicture(Buffer.alloc(MAX_PICTURE_BYTES + 1), { name: 'a.png', type: 'image/png' }),
  ).toMatchObject({ reason: expect.stringContaining('20 Mo') });
});
