import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LOCALES, PAGE_KEYS } from '@comptoir/contracts';

import { seedEntries } from './seed-entries.ts';

const entries = seedEntries(fileURLToPath(new URL('../../../infra/seed', import.meta.url)));

test('the shipped shop is complete in both languages', () => {
  for (const locale of LOCALES) {
    const keys = (kind: string): string[] =>
      entries
        .filter((entry) => entry.kind === kind && entry.locale === locale)
        .map((entry) => entry.key);
    expect(keys('product')).toHaveLength(8);
    expect(keys('category')).toEqual(['table', 'maison']);
    expect(keys('page')).toEqual([...PAGE_KEYS]);
    expect(keys('settings')).toEqual(['shop']);
  }
  expect(entries.filter((entry) => entry.kind === 'availability')).toHaveLength(12);
});

test('every product stands in a category that exists', () => {
  const categories = new Set(
    entries.filter((entry) => entry.kind === 'category').map((entry) => entry.key),
  );
  for (const entry of entries)
    if (entry.kind === 'product') expect(categories).toContain(entry.body.category);
});

test('pages hold the facts of the settings, and nothing is left to fill in by machine', () => {
  const pages = entries.filter((entry) => entry.kind === 'page');

  for (const page of pages) expect(JSON.stringify(page.body)).not.toContain('{{');

  const delivery = pages.find((page) => page.key === 'delivery-returns' && page.locale === 'fr');
  expect(delivery?.body.bodyMarkdown).toContain(
    '| France, Colissimo, à domicile | 4,90\u00A0€ | 80,00\u00A0€ | 2 à 3\u00A0jours ouvrés |',
  );
});

test('French texts keep their punctuation on the line', () => {
  for (const entry of entries)
    if (entry.kind === 'page' && entry.locale === 'fr')
      expect(entry.body.bodyMarkdown).not.toMatch(/[^|\s-] [:;!?»€](?:\s|$)/);
});
