import { setTimeout as timer } from 'node:timers/promises';
import type { FollowAnswer } from '@comptoir/contracts';

import type { CatalogueApi } from './catalogue-api.ts';
import type { CatalogueState } from './catalogue-state.ts';
import {
  applyDelta,
  CONDITION_TAG,
  continues,
  isWhole,
  refusal,
  replaceSnapshot,
} from './catalogue-state.ts';

export interface FollowerOptions {
  api: CatalogueApi;
  initial: CatalogueState;
  /** Called with the tags of changed entries, after the new state is in place. */
  onTouched: (tags: string[]) => void;
  /** Called with each state that is worth keeping on disk. */
  onState: (state: CatalogueState) => void;
  log: (level: 'info' | 'warn', message: string) => void;
  now: () => number;
  /** Times in ms; see DEFAULT_PACE. */
  pace?: Partial<Pace>;
  /** Waits so many ms; rejects when the signal aborts. Node's timer unless a test has its own. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}
interface Pace {
  firstRetry: number;
  lastRetry: number;
  plainPoll: number;
  staleAfter: number;
  checkEvery: number;
  minGap: number;
}
/** A pause that does not keep the process alive. */
const waitUnreferenced = (ms: number, signal: AbortSignal): Promise<void> =>
  timer(ms, undefined, { signal, ref: false });

const DEFAULT_PACE: Pace = {
  firstRetry: 250,
  lastRetry: 10_000,
  plainPoll: 300_000,
  staleAfter: 15_000,
  checkEvery: 2_000,
  minGap: 20,
};

/**
 * Keeps the storefront's copy of the catalogue: long poll, backoff, and a slow plain poll as safety
 * net.
 */
export class CatalogueFollower {
  #state: CatalogueState;
  #options: FollowerOptions;
  #wait: NonNullable<FollowerOptions['wait']>;
  #pace: Pace;
  #stop = new AbortController();
  #failingSince: number | null = null;
  #etag: string | null = null;
  #degraded = false;
  #contacts = 0;
  /** Answers refused one after the other. */
  #refusals = 0;

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#pace = { ...DEFAULT_PACE, ...options.pace };
    this.#state = options.initial;
    this.#wait = options.wait ?? waitUnreferenced;
  }

  get state(): CatalogueState {
    return this.#state;
  }
  /**
   * True when shoppers should be told that this is a copy: not live from the database, or no
   * contact with the API.
   */
  get degraded(): boolean {
    return this.#degraded;
  }
  /** Answers received from the API since the start. */
  get contacts(): number {
    return this.#contacts;
  }
  /** Milliseconds for which the API has not answered; 0 while it does. */
  get silence(): number {
    return this.#failingSince === null ? 0 : this.#options.now() - this.#failingSince;
  }

  /** Starts following; ends when {@link stop} is called. */
  start(): void {
    void this.#every(this.#pace.checkEvery, async () => this.#judge());
    void this.#every(this.#pace.plainPoll, () => this.#fetchWhole());
    void this.#followForEver();
  }

  stop(): void {
    this.#stop.abort();
  }

  async #followForEver(): Promise<void> {
    let failures = 0;
    while (!this.#stop.signal.aborted) {
      try {
        // The first question fetches the whole catalogue: a long poll would leave it open for a
        // minute whether the API is live.
        if (this.#contacts === 0) await this.#fetchWhole();
        else await this.#followOnce();
        if (failures > 0) this.#options.log('info', 'the API answers again');
        failures = 0;
        await this.#pause(this.#refusals === 0 ? this.#pace.minGap : this.#backoff(this.#refusals));
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        failures += 1;
        this.#failingSince ??= this.#options.now();
        if (failures === 1)
          this.#options.log(
            'warn',
            `the API does not answer, serving the copy: ${error instanceof Error ? error.message : String(error)}`,
          );
        await this.#pause(this.#backoff(failures));
      }
    }
  }

  async #followOnce(): Promise<void> {
    const answer = await this.#options.api.follow(this.#state.snapshot.version, this.#stop.signal);
    this.#heard();
    if (!answer) return;
    if (!isWhole(answer) && !continues(this.#state.snapshot, answer)) return this.#fetchWhole(true);
    this.#accept(answer);
  }

  async #fetchWhole(unconditionally = false): Promise<void> {
    const answer = await this.#options.api.snapshot(
      unconditionally ? null : this.#etag,
      this.#stop.signal,
    );
    this.#heard();
    if (!answer) return;
    this.#etag = answer.etag;
    this.#accept(answer.snapshot);
  }

  #accept(answer: FollowAnswer): void {
    const reason = refusal(this.#state.snapshot, answer);
    if (reason !== null) return this.#refuse(answer, reason);
    this.#refusals = 0;
    const { state, touched } = isWhole(answer)
      ? replaceSnapshot(this.#state, answer)
      : applyDelta(this.#state, answer);
    const moved =
      state.snapshot.version !== this.#state.snapshot.version ||
      state.snapshot.source !== this.#state.snapshot.source;
    this.#state = state;
    if (touched.length > 0) this.#options.onTouched(touched);
    if (moved || touched.length > 0) this.#options.onState(state);
    this.#judge();
  }

  #refuse(answer: FollowAnswer, reason: string): void {
    this.#refusals += 1;
    if (this.#refusals === 1) this.#options.log('warn', reason);
    // An API that lags behind another still follows the database. One with another source has lost
    // it, so shoppers are told.
    if (answer.source !== 'database')
      this.#state = { ...this.#state, snapshot: { ...this.#state.snapshot, source: 'snapshot' } };
    this.#judge();
  }

  #heard(): void {
    this.#failingSince = null;
    this.#contacts += 1;
  }

  /**
   * Decides whether shoppers are told that they see a copy. A short silence is a restart of the API
   * and is not told.
   */
  #judge(): void {
    const source = this.#state.snapshot.source;
    const degraded =
      this.silence > this.#pace.staleAfter || (this.#contacts > 0 && source !== 'database');
    if (degraded === this.#degraded) return;
    this.#degraded = degraded;
    this.#options.onTouched([CONDITION_TAG]);
  }

  /**
   * Pause in ms after so many failures or refusals in a row; without it a refused answer, which
   * comes at once, would be asked for in a tight loop.
   */
  #backoff(times: number): number {
    return (
      Math.min(this.#pace.lastRetry, this.#pace.firstRetry * 2 ** (times - 1)) *
      (0.75 + Math.random() / 2)
    );
  }

  async #every(interval: number, task: () => Promise<void>): Promise<void> {
    while (!this.#stop.signal.aborted) {
      await this.#pause(interval);
      if (!this.#stop.signal.aborted) await task().catch(() => undefined);
    }
  }

  async #pause(ms: number): Promise<void> {
    await this.#wait(ms, this.#stop.signal).catch(() => undefined);
  }
}
