/** How much of the catalogue's answers a door keeps ready: far more than a shop of some thousand products is asked for. */
export const ANSWERS = { entries: 2000, bytes: 32 * 1024 * 1024 } as const;
export type Bounded<T> = ReturnType<typeof createBounded<T>>;

/** Answers kept until there are too many or they are too large together; the oldest goes first. `bytes` is a value's weight. */
export function createBounded<T>({
  entries,
  bytes,
  weigh,
}: {
  entries: number;
  bytes: number;
  weigh(value: T): number;
}) {
  const kept = new Map<string, T>();
  let weight = 0;
  const forget = (key: string): void => {
    const value = kept.get(key);
    if (value !== undefined && kept.delete(key)) weight -= weigh(value);
  };
  return {
    get: (key: string): T | undefined => kept.get(key),
    size: (): number => kept.size,
    set(key: string, value: T): void {
      forget(key);
      const own = weigh(value);
      if (own > bytes) return;
      kept.set(key, value);
      weight += own;
      for (const oldest of kept.keys()) {
        if (kept.size <= entries && weight <= bytes) break;
        forget(oldest);
      }
    },
    clear(): void {
      kept.clear();
      weight = 0;
    },
  };
}
