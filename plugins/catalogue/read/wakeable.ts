/** A pause that can be ended early. */
interface Wakeable {
  /** Ends the current pause, or the next one when there is none; many calls end one pause. */
  wake(): void;
  /** Pauses for `ms` milliseconds, or until {@link Wakeable.wake}. One caller at a time. */
  idle(ms: number): Promise<void>;
}

/** A pause that also ends when `signal` aborts. */
export function createWakeable(signal: AbortSignal): Wakeable {
  let woken = false;
  let end: (() => void) | null = null;
  const wake = (): void => {
    woken = true;
    end?.();
  };
  signal.addEventListener('abort', wake, { once: true });
  return {
    wake,
    idle: (ms) =>
      new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          woken = false;
          end = null;
          resolve();
        };
        const timer = setTimeout(done, ms);
        end = done;
        if (woken) done();
      }),
  };
}
