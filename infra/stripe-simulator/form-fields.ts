import { z } from 'zod';

import type { FormTree } from './form-encoding.ts';
import { StripeProblem } from './stripe-problem.ts';

/** Everything arrives as text: these read Stripe's types out of it. */
export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, 'Invalid integer')
  .transform(Number);
export const positive = integer.refine(
  (value) => value > 0,
  'This value must be greater than or equal to 1.',
);
export const amount = integer.refine(
  (value) => value >= 0 && value <= 99_999_999,
  'Invalid amount: it must be between 0 and 99999999 cents.',
);
export const flag = z
  .enum(['true', 'false'], 'Invalid boolean: it must be true or false')
  .transform((value) => value === 'true');
export const text = (longest: number) =>
  z
    .string()
    .min(1, 'You passed an empty string; leave the parameter out instead.')
    .max(longest, `Invalid string: at most ${longest} characters`);
export const address = text(5000).refine(
  (value) => /^https?:\/\/[^/\s]+/.test(value),
  'Not a valid URL: it must begin with http:// or https://',
);
export const currency = z.literal('eur', 'Invalid currency: the simulated account takes eur only.');
export const country = z
  .string()
  .regex(/^[A-Z]{2}$/, 'Invalid country: two capital letters, such as FR');
export const metadata = z
  .record(z.string().min(1).max(40), z.string().max(500))
  .refine((entries) => Object.keys(entries).length <= 50, 'Metadata can have up to 50 keys.');

const asArray = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return entries.every(([key], index) => key === String(index))
    ? entries.map(([, item]) => item)
    : value;
};
export const list = <T extends z.ZodType>(item: T, longest = 100) =>
  z.preprocess(asArray, z.array(item).min(1).max(longest));

const bracketed = (path: readonly PropertyKey[]): string =>
  path
    .map(String)
    .map((key, index) => (index === 0 ? key : `[${key}]`))
    .join('');
const at = (tree: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    tree,
  );

const explained = (issue: z.core.$ZodIssue, tree: FormTree): StripeProblem => {
  const param = bracketed(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const unknown = bracketed([...issue.path, issue.keys[0] ?? '']);
    return new StripeProblem(
      400,
      `Received unknown parameter: ${unknown}. Remove it, or teach the simulator's parameters.ts if Stripe's current version has it.`,
      { code: 'parameter_unknown', param: unknown },
    );
  }
  if (at(tree, issue.path) === undefined)
    return new StripeProblem(400, `Missing required param: ${param}.`, {
      code: 'parameter_missing',
      param,
    });
  return new StripeProblem(400, `${issue.message} (${param})`, {
    ...(issue.message === 'Invalid integer' ? { code: 'parameter_invalid_integer' } : {}),
    param,
  });
};

/**
 * Parses parameters strictly.
 * @throws StripeProblem 400 naming the first bad parameter; an unknown one goes before all others
 */
export const parse = <T extends z.ZodType>(schema: T, tree: FormTree): z.output<T> => {
  const result = schema.safeParse(tree);
  if (result.success) return result.data;
  const issues = result.error.issues;
  const worst = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  throw worst === undefined
    ? new StripeProblem(400, 'Invalid parameters.')
    : explained(worst, tree);
};
