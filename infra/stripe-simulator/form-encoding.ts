import { StripeProblem } from './stripe-problem.ts';

export type FormValue = string | FormTree;
export interface FormTree {
  [key: string]: FormValue;
}

const keyShape = /^[^[\]]{1,100}(\[[^[\]]{0,100}\]){0,8}$/;
// Without a prototype, so that a parameter named `__proto__` is a parameter like another.
const emptyTree = (): FormTree => Object.create(null);

const branch = (tree: FormTree, key: string, whole: string): FormTree => {
  const next = tree[key] ?? (tree[key] = emptyTree());
  if (typeof next === 'string')
    throw new StripeProblem(400, `Invalid parameters: ${whole} is both a value and an object.`, {
      param: whole,
    });
  return next;
};

const put = (tree: FormTree, path: readonly string[], value: string, whole: string): void => {
  const [head = '', ...rest] = path;
  const key = head === '' ? String(Object.keys(tree).length) : head;
  if (rest.length > 0) return put(branch(tree, key, whole), rest, value, whole);
  if (tree[key] !== undefined)
    throw new StripeProblem(400, `Invalid parameters: ${whole} is given twice.`, { param: whole });
  tree[key] = value;
};

/**
 * Reads Stripe's form encoding: `a[b][0][c]=v` and `a[]=v` become trees; lists stay trees with the
 * keys 0, 1, ….
 * @throws StripeProblem 400 on a malformed, doubled or contradictory name
 */
export const parseForm = (text: string): FormTree => {
  const tree = emptyTree();
  for (const [name, value] of new URLSearchParams(text)) {
    if (!keyShape.test(name))
      throw new StripeProblem(400, `Invalid parameter name: ${name.slice(0, 100)}`, {
        param: name.slice(0, 100),
      });
    put(tree, name.replaceAll(']', '').split('['), value, name);
  }
  return tree;
};
