import { LRUCache } from 'lru-cache';

/**
 * How much of the catalogue's answers a door keeps ready: far more than a shop of some thousand
 * products is asked for.
 */
const ANSWERS = { entries: 2000, bytes: 32 * 1024 * 1024 } as const;

/**
 * Answers kept by key until there are too many or they are too large together; the one that was
 * asked for longest ago goes first. An answer that is too large alone is not kept.
 * @param weigh the bytes of an answer, at least 1
 */
export function createAnswerCache<T extends NonNullable<unknown>>(
  weigh: (answer: T) => number,
  { entries, bytes }: { entries: number; bytes: number } = ANSWERS,
): LRUCache<string, T> {
  return new LRUCache({ max: entries, maxSize: bytes, sizeCalculation: weigh });
}
