import { createHash } from 'node:crypto';

/**
 * Repeatable chance: the same seed and name give the same answers, whatever else is asked in
 * between.
 */
export interface Chance {
  /** A number from 0 up to, and not including, 1. */
  next(): number;
  pick<T>(all: readonly T[]): T;
  /** Whether something happens that happens in `percent` of cases. */
  happens(percent: number): boolean;
}

const UINT32 = 2 ** 32;

/** @param name what it is asked for: each name has answers of its own */
export function chance(seed: number, name: string): Chance {
  let asked = 0;
  const next = (): number =>
    createHash('sha256')
      .update(`${seed} ${name} ${(asked += 1)}`)
      .digest()
      .readUInt32BE() / UINT32;
  return {
    next,
    happens: (percent) => next() * 100 < percent,
    pick<T>(all: readonly T[]): T {
      const one = all[Math.floor(next() * all.length)];
      if (one === undefined) throw new Error('There is nothing to pick from');
      return one;
    },
  };
}

/**
 * The seed of a run: the one that is asked for, or a new one.
 * @throws Error when it is no whole number
 */
export function seedOf(text: string | undefined): number {
  if (text === undefined || text === '') return Math.floor(Math.random() * 1_000_000);
  if (!/^\d{1,9}$/.test(text))
    throw new Error(`COMPTOIR_SEED must be a whole number, such as 4711; it is "${text}".`);
  return Number(text);
}
