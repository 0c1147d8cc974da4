import { expect, test } from 'vitest';

import {
  constraint,
  index,
  inOrder,
  labelOf,
  type Migration,
  objectsOf,
  statementsOf,
  table,
} from './migration.ts';

const migration = (name: string, more: Partial<Migration> = {}): Migration => ({
  name,
  stage: 'before',
  steps: [],
  ...more,
});

test('migrations run by stage and date, those of one day by plugin and in the order of their lists', () => {
  const ordered = inOrder([
    { plugin: 'boxes', migrations: [migration('2027-01-05-late'), migration('2026-12-01-b')] },
    {
      plugin: 'aisles',
      migrations: [
        migration('2026-12-01-rules', { stage: 'after' }),
        migration('2026-12-01-a'),
        migration('2026-12-24-mid'),
      ],
    },
  ]);

  expect(ordered.map(({ id }) => id)).toEqual([
    'aisles/2026-12-01-a',
    'boxes/2026-12-01-b',
    'aisles/2026-12-24-mid',
    'boxes/2027-01-05-late',
    'aisles/2026-12-01-rules',
  ]);
});

test('a database must hold what migrations add and none of what later ones drop', () => {
  const held = objectsOf([
    migration('2026-12-01-a', {
      steps: [table('things', 'id int'), constraint('things', 'things_check', 'check (id > 0)')],
    }),
    migration('2026-12-02-b', {
      drops: ['constraint things_check'],
      steps: [
        'alter table things drop constraint things_check',
        index('things_idx', 'things (id)'),
      ],
    }),
  ]);

  expect(held.map(labelOf)).toEqual(['table things', 'index things_idx']);
});

test('a dropped object that comes back with the same name is held as its last definition says', () => {
  const held = objectsOf([
    migration('2026-12-01-a', { steps: [constraint('things', 'things_check', 'check (id > 0)')] }),
    migration('2026-12-02-b', {
      drops: ['constraint things_check'],
      steps: [
        'alter table things drop constraint things_check',
        constraint('things', 'things_check', 'check (id > 1)'),
      ],
    }),
  ]);

  expect(held.map(({ create }) => create)).toEqual([
    'alter table things add constraint things_check check (id > 1)',
  ]);
});

test('the statements of a plugin are its SQL and what makes its objects, in order', () => {
  const own = {
    plugin: 'boxes',
    migrations: [
      migration('2026-12-02-b', { steps: ['update things set id = 1'] }),
      migration('2026-12-01-a', { steps: [table('things', 'id int')] }),
    ],
  };

  expect(statementsOf(own)).toEqual(['create table things (id int)', 'update things set id = 1']);
});
