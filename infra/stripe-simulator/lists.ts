import type { Range } from './parameters.ts';
import { StripeProblem } from './stripe-problem.ts';

interface Row {
  id: string;
  created: number;
}
interface Paging {
  created?: Range | undefined;
  limit: number;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
}
interface Listing<T> {
  url: string;
  rows: Iterable<T>;
  keep?: (row: T) => boolean;
  view: (row: T) => Record<string, unknown>;
}

const within = ({ gt, gte, lt, lte }: Range, created: number): boolean =>
  created > (gt ?? -Infinity) &&
  created >= (gte ?? -Infinity) &&
  created < (lt ?? Infinity) &&
  created <= (lte ?? Infinity);

const place = (rows: readonly Row[], id: string, param: string): number => {
  const index = rows.findIndex((row) => row.id === id);
  if (index < 0)
    throw new StripeProblem(400, `No such object: '${id}'`, { code: 'resource_missing', param });
  return index;
};

/**
 * One page of a list, newest first, by Stripe's cursors.
 * @throws StripeProblem 400 on a cursor that is not in the list
 */
export const page = <T extends Row>(
  { created, limit, starting_after: after, ending_before: before }: Paging,
  { url, rows, keep = () => true, view }: Listing<T>,
): Record<string, unknown> => {
  if (after !== undefined && before !== undefined)
    throw new StripeProblem(400, 'You cannot parameterize both starting_after and ending_before.', {
      param: 'ending_before',
    });
  const all = [...rows]
    .reverse()
    .filter((row) => keep(row) && (created === undefined || within(created, row.created)));
  const backwards = before === undefined ? null : all.slice(0, place(all, before, 'ending_before'));
  const rest =
    backwards ?? all.slice(after === undefined ? 0 : place(all, after, 'starting_after') + 1);
  const data = backwards === null ? rest.slice(0, limit) : rest.slice(-limit);
  return { object: 'list', data: data.map(view), has_more: rest.length > limit, url };
};
