import type { Counts, Turn } from './measures.ts';

/**
 * Turns of one measure as one row: medians of the rates and latencies (ms), CPU in ms for one
 * request.
 */
export type Row = Record<
  'perSecond' | 'p50' | 'p99' | 'max' | 'failed' | 'apiMs' | 'postgresMs' | 'stripeMs',
  number
> &
  Counts;

function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = Math.floor(sorted.length / 2);
  const lower = Math.ceil(sorted.length / 2) - 1;
  return ((sorted[lower] ?? 0) + (sorted[upper] ?? 0)) / 2;
}

const round = (value: number, digits = 0): number =>
  Math.round(value * 10 ** digits) / 10 ** digits;

export function rowOf(turns: readonly Turn[]): Row {
  const sum = (of: (turn: Turn) => number): number =>
    turns.reduce((total, turn) => total + of(turn), 0);
  const each = (of: (turn: Turn) => number): number =>
    round(sum(of) / sum(({ requests }) => requests), 2);
  const names = Object.keys(turns[0]?.counts ?? {}) as (keyof Counts)[];
  return {
    perSecond: round(middle(turns.map(({ perSecond }) => perSecond))),
    p50: round(middle(turns.map(({ p50 }) => p50)), 1),
    p99: round(middle(turns.map(({ p99 }) => p99)), 1),
    max: Math.max(...turns.map(({ max }) => max)),
    failed: sum(({ failed }) => failed),
    apiMs: each(({ apiMs }) => apiMs),
    postgresMs: each(({ postgresMs }) => postgresMs),
    stripeMs: each(({ stripeMs }) => stripeMs),
    ...Object.fromEntries(
      names.map((name) => [name, round(middle(turns.map(({ counts }) => counts[name] ?? 0)))]),
    ),
  };
}

/**
 * What a past costs: 1 = nothing. CPU hardly depends on what else the machine does, rates and
 * latencies do.
 */
export const ratios = (young: Row, old: Row): Record<string, number> =>
  Object.fromEntries(
    (['perSecond', 'p50', 'p99', 'apiMs', 'postgresMs'] as const).map((name) => [
      name,
      round(old[name] / young[name], 2),
    ]),
  );
