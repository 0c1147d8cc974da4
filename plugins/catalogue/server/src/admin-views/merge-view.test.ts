import { describe, expect, test } from 'vitest';

import { leavesOf, mergeView } from './merge-view.ts';
import type { Configuration, View } from './view-types.ts';

const view: View = {
  uid: 'api::x.x',
  mainField: 'name',
  sort: ['position', 'ASC'],
  list: ['name', 'position'],
  rows: [
    [
      ['name', 6],
      ['position', 6],
    ],
  ],
  fields: { name: ['Nom', 'Comme en boutique', 'Bol'], position: ['Rang'], gone: ['Disparu'] },
};
const meta = (label: string) => ({
  edit: { label, description: '', placeholder: '', visible: true },
  list: { label, sortable: true },
});
const fresh = (): Configuration => ({
  settings: { mainField: 'id', pageSize: 10 },
  metadatas: { name: meta('name'), position: meta('position') },
  layouts: { list: ['id'], edit: [] },
});
const wanted = leavesOf(view);

describe('mergeView', () => {
  test('a fresh configuration becomes French, with its layouts, and keeps the rest', () => {
    const merged = mergeView(fresh(), wanted, {});

    expect(merged.metadatas['name']).toEqual({
      edit: {
        label: 'Nom',
        description: 'Comme en boutique',
        placeholder: 'ex.\u00a0Bol',
        visible: true,
      },
      list: { label: 'Nom', sortable: true },
    });
    expect(merged.layouts).toEqual({
      list: ['name', 'position'],
      edit: [
        [
          { name: 'name', size: 6 },
          { name: 'position', size: 6 },
        ],
      ],
    });
    expect(merged.settings).toEqual({
      mainField: 'name',
      pageSize: 50,
      defaultSortBy: 'position',
      defaultSortOrder: 'ASC',
    });
    expect(merged.metadatas).not.toHaveProperty('gone');
  });

  test('applying twice changes nothing', () => {
    const once = mergeView(fresh(), wanted, {});
    expect(mergeView(once, wanted, wanted)).toEqual(once);
  });

  test('what staff changed stays, what they left follows', () => {
    const theirs = mergeView(fresh(), wanted, {});
    Object.assign(theirs.metadatas['name']?.edit ?? {}, { label: 'Désignation' });
    theirs.layouts.list = ['name'];
    const next = leavesOf({
      ...view,
      list: ['position'],
      fields: { ...view.fields, name: ['Nom du produit'], position: ['Ordre'] },
    });
    const merged = mergeView(theirs, next, wanted);

    expect(merged.metadatas['name']?.edit['label']).toBe('Désignation');
    expect(merged.metadatas['name']?.list['label']).toBe('Nom du produit');
    expect(merged.metadatas['position']?.edit['label']).toBe('Ordre');
    expect(merged.layouts.list).toEqual(['name']);
  });

  test('the configuration that is given is not changed', () => {
    const current = fresh();
    mergeView(current, wanted, {});
    expect(current).toEqual(fresh());
  });
});
