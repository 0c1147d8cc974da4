import { type CatalogueEntry, entrySchema, NO_LOCALE } from '@comptoir/contracts';

import { availabilityBody } from '../domain/availability.ts';
import {
  projectCategory,
  type Projection,
  projectPage,
  projectProduct,
  projectSettings,
} from '../domain/projection.ts';
import { readSeed } from './read-seed.ts';
import {
  categoryDocument,
  pageDocument,
  productDocuments,
  settingsDocument,
} from './seed-documents.ts';

/** At most this many pieces left counts as low until staff set a threshold. */
const LOW_STOCK = 3;

/**
 * The shipped shop as entries of the read model: what the door serves when there has never been a
 * database.
 * They are made as a publish makes them, so they hold what the shop will show once it is seeded.
 * @throws Error when the seed is incomplete (a picture without renditions, an unreadable file).
 */
export function seedEntries(seedDir: string): CatalogueEntry[] {
  const seed = readSeed(seedDir);
  const settings = settingsDocument(seed);
  const projections = [
    ...seed.products.map((product, index) =>
      projectProduct(productDocuments(product, index + 1, seed.pictures)),
    ),
    ...seed.categories.map((category) => projectCategory(categoryDocument(category))),
    ...seed.pages.map((page) =>
      projectPage({ fr: pageDocument(page, 'fr'), en: pageDocument(page, 'en') }, settings),
    ),
    projectSettings(settings),
  ];
  const availability = seed.products
    .flatMap((product) => product.variants)
    .map(({ sku, stock }) => ({
      kind: 'availability',
      key: sku,
      locale: NO_LOCALE,
      body: availabilityBody({ onHand: stock, reserved: 0, lowThreshold: LOW_STOCK }),
    }));
  return [...projections.flatMap(entriesOf), ...entrySchema.array().parse(availability)];
}

function entriesOf(projection: Projection): CatalogueEntry[] {
  if (!projection.ok) throw new Error(`The seed is incomplete: ${projection.problems.join('; ')}`);
  return projection.entries;
}
