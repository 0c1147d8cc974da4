import { expect, test } from 'vitest';
import { cents } from '@comptoir/contracts';

import type { PromotionCode } from '../../../domain/staff-promotions.ts';
import { offerText, percentText, periodText, promotionState } from './promotion-state.ts';

const now = new Date('2026-11-25T12:00:00Z');
const code: PromotionCode = {
  code: 'NOEL',
  kind: 'percentage',
  value: 1000,
  startsAt: null,
  endsAt: null,
  minimum: cents(0),
  usageLimit: null,
  used: 0,
};

test.each<[Partial<PromotionCode>, string]>([
  [{}, 'Actif'],
  [{ startsAt: '2026-12-01T00:00:00Z' }, 'À venir'],
  [{ startsAt: '2026-11-25T12:00:00Z' }, 'Actif'],
  [{ endsAt: '2026-11-25T12:00:00Z' }, 'Terminé'],
  [{ endsAt: '2026-11-26T00:00:00Z' }, 'Actif'],
  [{ usageLimit: 3, used: 3 }, 'Épuisé'],
  [{ usageLimit: 3, used: 2 }, 'Actif'],
  [{ usageLimit: 3, used: 3, endsAt: '2026-01-01T00:00:00Z' }, 'Terminé'],
])('%j', (change, text) => expect(promotionState({ ...code, ...change }, now).text).toBe(text));

test.each([
  [1000, '10'],
  [1250, '12,5'],
  [1, '0,01'],
  [10_000, '100'],
])('%i basis points', (points, text) => expect(percentText(points)).toBe(text));

test.each([
  ['percentage', 1250, /^−12,5\s%$/],
  ['amount', 500, /^−5,00\s€$/],
  ['free_shipping', 0, /^Livraison offerte$/],
] as const)('%s', (kind, value, said) => expect(offerText({ kind, value })).toMatch(said));

test.each([
  [null, null, 'Sans limite de date'],
  ['2026-12-01T08:00:00Z', null, 'Dès le 1 déc. 2026, 09:00'],
  [null, '2026-12-31T22:59:00Z', 'Jusqu’au 31 déc. 2026, 23:59'],
  ['2026-12-01T08:00:00Z', '2026-12-31T22:59:00Z', 'Du 1 déc. 2026, 09:00 au 31 déc. 2026, 23:59'],
])('from %s to %s', (startsAt, endsAt, text) =>
  expect(periodText({ startsAt, endsAt }, 'Europe/Paris')).toBe(text),
);
