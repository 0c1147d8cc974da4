import { isDeepStrictEqual } from 'node:util';

import type { Configuration, View } from './view-types.ts';

/**
 * What a view writes, as `path → value`: the unit by which staff's changes are told from the
 * shipped defaults.
 */
type Leaves = Record<string, unknown>;

/** Fields every type has. */
const COMMON: View['fields'] = {
  id: ['N°'],
  documentId: ['Identifiant'],
  createdAt: ['Créé le'],
  updatedAt: ['Modifié le'],
  publishedAt: ['Publié le'],
  createdBy: ['Créé par'],
  updatedBy: ['Modifié par'],
};

/** The leaves of a view. */
export function leavesOf({ mainField, sort, list, rows, fields, relations = {} }: View): Leaves {
  const leaves: Leaves = {
    'settings.mainField': mainField,
    'settings.pageSize': 50,
    'layouts.edit': rows.map((row) => row.map(([name, size]) => ({ name, size }))),
  };
  if (list) leaves['layouts.list'] = [...list];
  if (sort)
    Object.assign(leaves, {
      'settings.defaultSortBy': sort[0],
      'settings.defaultSortOrder': sort[1],
    });
  for (const [name, field] of Object.entries(relations))
    leaves[`metadatas.${name}.edit.mainField`] = field;
  for (const [name, [label, help = '', placeholder = '']] of Object.entries({
    ...COMMON,
    ...fields,
  })) {
    Object.assign(leaves, {
      [`metadatas.${name}.edit.label`]: label,
      [`metadatas.${name}.edit.description`]: help,
      [`metadatas.${name}.edit.placeholder`]: placeholder && `ex.\u00a0${placeholder}`,
      [`metadatas.${name}.list.label`]: label,
    });
  }
  return leaves;
}

interface Tree {
  [key: string]: unknown;
}
const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function read(tree: Tree, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((node, key) => (isTree(node) ? node[key] : undefined), tree);
}

/** Sets a leaf where its branch exists: a field the type does not have is passed over. */
function write(tree: Tree, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop();
  const branch = read(tree, keys.join('.'));
  if (last !== undefined && isTree(branch)) branch[last] = value;
}

/**
 * Three-way merge: a leaf that still is what was last written here (or never was) takes the wanted
 * value; one that differs was changed by staff and stays. Returns a new configuration.
 */
export function mergeView(current: Configuration, wanted: Leaves, last: Leaves): Configuration {
  const merged = structuredClone(current);
  const tree: Tree = { ...merged };
  for (const [path, value] of Object.entries(wanted)) {
    const untouched = !(path in last) || isDeepStrictEqual(read(tree, path), last[path]);
    if (untouched) write(tree, path, value);
  }
  return merged;
}
