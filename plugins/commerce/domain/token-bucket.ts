/** `burst` calls at once, then one every `seconds`. */
export interface Rate {
  burst: number;
  seconds: number;
}
export interface TokenBuckets {
  /** Takes one call of a client. @returns 0 when it may go on, else the seconds until it may */
  take(client: string, now: Date): number;
  /** Clients remembered now. */
  readonly size: number;
}

/** Clients remembered at most: a crowd of addresses must not fill the memory. */
const MOST = 20_000;

/**
 * Counts calls per client in this process. A client is forgotten once its bucket is full again, or,
 * in a crowd, when it was seen longest ago.
 */
export function tokenBuckets({ burst, seconds }: Rate, most = MOST): TokenBuckets {
  /** When each client's bucket will be full again, in milliseconds; in order of the last call. */
  const full = new Map<string, number>();
  const step = seconds * 1000;
  const forget = (now: number): void => {
    for (const [client, at] of full) {
      if (at > now && full.size <= most) return;
      full.delete(client);
    }
  };
  return {
    take(client, at) {
      const now = at.getTime();
      const after = Math.max(now, full.get(client) ?? now) + step;
      if (after - now > burst * step) return Math.ceil((after - now - burst * step) / 1000);
      full.delete(client);
      full.set(client, after);
      forget(now);
      return 0;
    },
    get size() {
      return full.size;
    },
  };
}
