import { expect, test } from 'vitest';
import { cents } from '@comptoir/contracts';

import type { PromotionCode } from '../../../domain/staff-promotions.ts';
import { emptyForm, formOf, parsePercent, type PromotionForm, readForm } from './promotion-form.ts';

const form = (change: Partial<PromotionForm>): PromotionForm => ({
  ...emptyForm,
  code: ' noel ',
  value: '10',
  ...change,
});

test.each([
  ['10', 1000],
  ['12,5', 1250],
  ['0.01 %', 1],
  ['100', 10_000],
  ['12,55', 1255],
])('%j percent', (text, points) => expect(parsePercent(text)).toEqual({ value: points }));

test.each(['', 'dix', '-5', '12,555', '1e2'])('%j is no percentage', (text) =>
  expect(parsePercent(text)).toHaveProperty('error'),
);

test('a code is written as shoppers find it', () =>
  expect(readForm(form({}))).toMatchObject({
    ok: true,
    code: 'NOEL',
    terms: {
      kind: 'percentage',
      value: 1000,
      startsAt: null,
      endsAt: null,
      minimum: 0,
      usageLimit: null,
    },
  }));

test.each<[Partial<PromotionForm>, Record<string, unknown>]>([
  [
    { kind: 'amount', value: '5,00' },
    { kind: 'amount', value: 500 },
  ],
  [
    { kind: 'free_shipping', value: 'anything' },
    { kind: 'free_shipping', value: 0 },
  ],
  [
    { minimum: '50', usageLimit: ' 100 ' },
    { minimum: 5000, usageLimit: 100 },
  ],
])('%j is sent', (change, terms) =>
  expect(readForm(form(change))).toMatchObject({ ok: true, terms }),
);

test.each<[Partial<PromotionForm>, keyof PromotionForm, RegExp]>([
  [{ code: 'été' }, 'code', /lettres sans accent/],
  [{ code: '' }, 'code', /./],
  [{ value: '' }, 'value', /pourcentage/],
  [{ value: '101' }, 'value', /100 %/],
  [{ value: '0' }, 'value', /0,01/],
  [{ kind: 'amount', value: '' }, 'value', /montant/],
  [{ kind: 'amount', value: '5,001' }, 'value', /Deux décimales/],
  [{ kind: 'amount', value: '0' }, 'value', /supérieur/],
  [{ minimum: 'x' }, 'minimum', /euros/],
  [{ usageLimit: '1,5' }, 'usageLimit', /entier/],
  [{ usageLimit: '0' }, 'usageLimit', /au moins 1/],
  [{ startsAt: '2026-12-02T09:00', endsAt: '2026-12-01T09:00' }, 'endsAt', /après le début/],
  [{ endsAt: 'demain' }, 'endsAt', /date/],
])('%j is refused at %s', (change, field, said) => {
  const read = readForm(form(change));
  expect(read.ok ? {} : read.fields).toEqual({ [field]: expect.stringMatching(said) });
});

test.each<Partial<PromotionCode>>([
  {},
  { kind: 'amount', value: 500 },
  { kind: 'free_shipping', value: 0 },
  {
    startsAt: '2026-12-01T08:00:00.000Z',
    endsAt: '2026-12-31T22:59:00.000Z',
    minimum: cents(5000),
    usageLimit: 7,
  },
])('to the dialog and back: %j', (change) => {
  const stored: PromotionCode = {
    used: 3,
    code: 'NOEL',
    kind: 'percentage',
    value: 1250,
    startsAt: null,
    endsAt: null,
    minimum: cents(0),
    usageLimit: null,
    ...change,
  };
  const { used: _, code, ...terms } = stored;
  expect(readForm(formOf(stored))).toEqual({ ok: true, code, terms });
});
