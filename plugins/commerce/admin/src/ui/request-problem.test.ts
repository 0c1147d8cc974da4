import { expect, test } from 'vitest';

import { fieldsOf, problemOf } from './request-problem.ts';

test('the server’s French message is what staff read', () => {
  expect(problemOf({ status: 409, message: 'La commande est déjà partie.' })).toEqual({
    status: 409,
    message: 'La commande est déjà partie.',
    fields: {},
  });
});

test.each([
  ['lines : ces pièces sont déjà remboursées.', 'Ces pièces sont déjà remboursées.'],
  [
    'value : entre 0,01 % et 100 % ; endsAt : la fin doit venir après le début',
    'Entre 0,01 % et 100 % ; la fin doit venir après le début',
  ],
  ['requête : un motif', 'Un motif'],
  [
    'Le code NOEL existe déjà : choisissez un autre nom.',
    'Le code NOEL existe déjà : choisissez un autre nom.',
  ],
])('%j is read as %j', (message, said) =>
  expect(problemOf({ status: 400, message }).message).toBe(said),
);

test.each([
  [null, /ne répond pas/],
  [{ status: 403, message: 'Policy Failed' }, /rôle/],
  [{ status: 500, message: 'Internal Server Error' }, /Réessayez/],
])('English is never shown: %j', (answer, said) => {
  expect(problemOf(answer).message).toMatch(said);
});

test.each([
  [
    {
      errors: [
        { path: ['value'], message: 'entre 0,01 % et 100 %' },
        { path: ['value'], message: 'autre' },
      ],
    },
    { value: 'entre 0,01 % et 100 %' },
  ],
  [
    {
      errors: [
        { path: ['lines', 0, 'quantity'], message: 'au moins 1' },
        { message: 'tout' },
        null,
        3,
      ],
    },
    { 'lines.0.quantity': 'au moins 1', '': 'tout' },
  ],
  [{}, {}],
  [null, {}],
  [{ errors: 'no' }, {}],
])('fields of %j', (details, fields) => expect(fieldsOf(details)).toEqual(fields));
