import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';

import { afterDeath, type Policy } from '../processes/policy.ts';

/** Anything with a process: a Node child, or Postgres. */
export interface Running {
  process: ChildProcess;
  stop: () => Promise<void>;
  lastWords?: () => string;
}

export interface KeepOptions {
  name: string;
  policy: Policy;
  /** @param stopping aborted when it must not start any more; what has begun is then ended */
  start: (stopping: AbortSignal) => Promise<Running>;
  /** Told how to end it before it starts: a signal may come while it does. */
  register?: (stop: () => Promise<void>) => void;
  say: (text: string) => void;
  /** Three deaths within a minute: called once with a sentence for people. */
  giveUp: (reason: string) => void;
  now?: () => number;
}

export interface Kept {
  current: () => Running | null;
  stop: () => Promise<void>;
}

const died = ({ exitCode, signalCode }: ChildProcess): string =>
  signalCode ? `was killed (${signalCode})` : `ended with code ${exitCode}`;

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One process under one policy. `restarting` is the restart under way, settled when there is none. */
class Keeper {
  private readonly stopping = new AbortController();
  private readonly deaths: number[] = [];
  private running: Running | null = null;
  private starting: Promise<Running | null> = Promise.resolve(null);
  private restarting: Promise<void> = Promise.resolve();
  private readonly options: KeepOptions;

  constructor(options: KeepOptions) {
    this.options = options;
  }

  current(): Running | null {
    return this.running;
  }

  async begin(): Promise<void> {
    const { signal } = this.stopping;
    if (signal.aborted) return;
    this.starting = this.options.start(signal);
    const running = await this.starting;
    // Stopped while it was starting: it must not stay behind.
    if (running === null || signal.aborted) {
      await running?.stop();
      return;
    }
    this.running = running;
    this.watch(running);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running?.stop();
    const late = await this.starting.catch(() => null);
    await late?.stop();
    await this.restarting.catch(() => undefined);
  }

  private watch(running: Running): void {
    const react = (): void => {
      if (this.stopping.signal.aborted || this.running !== running) return;
      this.running = null;
      this.restarting = this.onDeath(died(running.process), running.lastWords?.() ?? '').catch(
        (error: unknown) => this.retry(error),
      );
    };
    if (running.process.exitCode !== null || running.process.signalCode !== null) react();
    else running.process.once('exit', react);
  }

  private async onDeath(how: string, words: string): Promise<void> {
    const { name, policy, say, giveUp, now = Date.now } = this.options;
    this.deaths.push(now());
    const decision = afterDeath(policy, this.deaths);
    if (decision.action === 'give-up') {
      giveUp(
        `${name} died ${decision.deaths} times within a minute (the last time it ${how}).${words ? ` Its last words:\n${words}` : ''}`,
      );
      return;
    }
    say(
      `! ${name} ${how}: restarting${decision.delayMs > 1000 ? ` in ${decision.delayMs / 1000} s` : ''}`,
    );
    await wait(decision.delayMs, undefined, { signal: this.stopping.signal });
    await this.begin();
    say(`  ${name} runs again`);
  }

  private async retry(error: unknown): Promise<void> {
    if (this.stopping.signal.aborted) return;
    await this.onDeath(`did not start (${reason(error)})`, '').catch((again: unknown) =>
      this.retry(again),
    );
  }
}

/** Starts a process and keeps it running by its policy: each death is named, then it is restarted or all is given up. */
export async function keepAlive(options: KeepOptions): Promise<Kept> {
  const keeper = new Keeper(options);
  options.register?.(() => keeper.stop());
  await keeper.begin();
  // Closures, because callers hand `stop` on by itself.
  return { current: () => keeper.current(), stop: () => keeper.stop() };
}
