import { setTimeout as wait } from 'node:timers/promises';
import { afterDeath, type Policy } from '../processes/policy.ts';
import type { ChildProcess } from 'node:child_process';

/** Anything with a process: a Node child, or Postgres. */
export interface Running { process: ChildProcess; stop: () => Promise<void>; lastWords?: () => string }

export interface KeepOptions {
  name: string;
  policy: Policy;
  start: () => Promise<Running>;
  say: (text: string) => void;
  /** Three deaths within a minute: called once with a sentence for people. */
  giveUp: (reason: string) => void;
  now?: () => number;
}

export interface Kept { current: () => Running | null; stop: () => Promise<void> }

const died = ({ exitCode, signalCode }: ChildProcess): string => (signalCode ? `was killed (${signalCode})` : `ended with code ${exitCode}`);

/** Starts a process and keeps it running by its policy: each death is named, then it is restarted or all is given up. */
export const keepAlive = async ({ name, policy, start, say, giveUp, now = Date.now }: KeepOptions): Promise<Kept> => {
  const stopping = new AbortController();
  const deaths: number[] = [];
  let current: Running | null = null;
  let restarting: Promise<void> = Promise.resolve();

  const onDeath = async (how: string, words: string): Promise<void> => {
    deaths.push(now());
    const decision = afterDeath(policy, deaths);
    if (decision.action === 'give-up') {
      giveUp(`${name} died ${decision.deaths} times within a minute (the last time it ${how}).${words ? ` Its last words:\n${words}` : ''}`);
      return;
    }
    say(`! ${name} ${how}: restarting${decision.delayMs > 1000 ? ` in ${decision.delayMs / 1000} s` : ''}`);
    await wait(decision.delayMs, undefined, { signal: stopping.signal });
    await begin();
    say(`  ${name} runs again`);
  };

  const watch = (running: Running): void => {
    const react = (): void => {
      if (stopping.signal.aborted || current !== running) return;
      current = null;
      restarting = onDeath(died(running.process), running.lastWords?.() ?? '').catch((error: unknown) => retry(error));
    };
    if (running.process.exitCode !== null || running.process.signalCode !== null) react();
    else running.process.once('exit', react);
  };

  const retry = async (error: unknown): Promise<void> => {
    if (stopping.signal.aborted) return;
    await onDeath(`did not start (${error instanceof Error ? error.message : String(error)})`, '').catch((again: unknown) => retry(again));
  };

  const begin = async (): Promise<void> => {
    const running = await start();
    // Stopped while it was starting: it must not stay behind.
    if (stopping.signal.aborted) { await running.stop(); return; }
    current = running;
    watch(running);
  };

  await begin();
  return { current: () => current, stop: async () => { stopping.abort(); await current?.stop(); await restarting.catch(() => undefined); } };
};
