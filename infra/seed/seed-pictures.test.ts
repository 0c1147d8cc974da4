import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { pictureHash, renditionKeys } from '@comptoir/catalogue/images';
import { pictureSchema } from '@comptoir/contracts';

const seed = import.meta.dirname;
const pictures = z
  .record(z.string(), pictureSchema.omit({ alt: true }))
  .parse(JSON.parse(readFileSync(join(seed, 'pictures.json'), 'utf8')));
const names = readdirSync(join(seed, 'images')).sort();

test('every shipped picture is described', () =>
  expect(Object.keys(pictures).sort()).toEqual(names));

test.each(names)(
  '%s: its hash is that of its bytes (else run node infra/seed/make-renditions.ts)',
  (name) =>
    expect(pictures[name]?.hash).toBe(pictureHash(readFileSync(join(seed, 'images', name)))),
);

test('the renditions shipped are those described, no more and no less', () => {
  const shipped = readdirSync(join(seed, 'renditions'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `renditions/${entry.parentPath.split(/[\\/]/).at(-1) ?? ''}/${entry.name}`);
  expect(shipped.sort()).toEqual(Object.values(pictures).flatMap(renditionKeys).sort());
});
