import { expect, test } from 'vitest';

import { ROLES } from './definitions.ts';
import { fingerprint, type Permission } from './role-permissions.ts';

const read = (fields: string[]): Permission => ({
  action: 'read',
  subject: 'product',
  properties: { fields, locales: ['fr', 'en'] },
  conditions: [],
});
const upload: Permission = { action: 'upload', subject: null, properties: {}, conditions: [] };

test('a fingerprint ignores order and sees every difference', () => {
  const expected = fingerprint([read(['a', 'b']), upload]);

  expect(fingerprint([upload, read(['b', 'a'])])).toBe(expected);

  const different = [
    [read(['a'])],
    [read(['a', 'b'])],
    [read(['a', 'b']), { ...upload, conditions: ['is-creator'] }],
    [read(['a', 'b']), { ...upload, subject: 'x' }],
  ];
  for (const permissions of different) expect(fingerprint(permissions)).not.toBe(expected);
});

test('only preparation changes stock, only catalogue edits, nobody but the manager sees settings', () => {
  const actions = Object.fromEntries(
    ROLES.map((role) => [role.name, role.grants.map((grant) => grant.action)]),
  );

  expect(actions['Catalogue']).not.toContain('plugin::commerce.stock.adjust');
  expect(actions['Préparation']).toContain('plugin::commerce.stock.adjust');
  expect(actions['Préparation']).toEqual(
    expect.arrayContaining(['plugin::commerce.orders.read', 'plugin::commerce.orders.fulfil']),
  );
  expect(
    actions['Catalogue']?.filter((action) => action.startsWith('plugin::commerce.orders')),
  ).toEqual([]);
  for (const money of ['orders.money', 'orders.replay', 'promotions.manage'])
    expect(Object.values(actions).flat()).not.toContain(`plugin::commerce.${money}`);
  expect(
    actions['Préparation']?.filter((action) => /create|update|delete|publish/.test(action)),
  ).toEqual([]);

  const preparation = ROLES.find((role) => role.name === 'Préparation')?.grants.flatMap(
    (grant) => grant.subjects ?? [],
  );
  expect(preparation).toEqual(
    expect.arrayContaining(['plugin::commerce.stock-level', 'plugin::commerce.stock-movement']),
  );

  const subjects = ROLES.flatMap((role) => role.grants.flatMap((grant) => grant.subjects ?? []));
  expect(subjects).not.toContain('api::shop-settings.shop-settings');
  expect(
    ROLES.flatMap((role) => role.grants).filter((grant) => grant.action.startsWith('admin::')),
  ).toEqual([]);
});
