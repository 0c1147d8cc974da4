import type { ChildProcess } from 'node:child_process';
import {
  afterDeath,
  createKeeper,
  type Decision,
  type End,
  type Keeper,
  type Policy,
  type Running,
} from '@comptoir/process';

export type Kept = Pick<Keeper<Running>, 'current' | 'stop'>;

export interface KeepAliveOptions {
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

const died = ({ exitCode, signalCode }: ChildProcess): string =>
  signalCode ? `was killed (${signalCode})` : `ended with code ${exitCode}`;

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** How it ended, and the last words it wrote, if any. */
function told(end: End<Running>): { how: string; words: string } {
  if (end.kind === 'not-started') return { how: `did not start (${reason(end.error)})`, words: '' };
  return { how: died(end.running.process), words: end.running.lastWords?.() ?? '' };
}

/** Tells people of one end, in the words of the decision that followed. */
function tell(
  { name, say, giveUp }: KeepAliveOptions,
  end: End<Running>,
  decision: Decision,
): void {
  const { how, words } = told(end);
  if (decision.action === 'give-up') {
    const quoted = words ? ` Its last words:\n${words}` : '';
    giveUp(
      `${name} died ${decision.deaths} times within a minute (the last time it ${how}).${quoted}`,
    );
    return;
  }
  const pause = decision.delayMs > 1000 ? ` in ${decision.delayMs / 1000} s` : '';
  say(`! ${name} ${how}: restarting${pause}`);
}

/**
 * Starts a process and keeps it running by its policy: each death is named, then it is restarted or
 * all is given up.
 * @throws what the first start threw
 */
export async function keepAlive(options: KeepAliveOptions): Promise<Kept> {
  const { name, policy, start, register, say, now = Date.now } = options;
  const deaths: number[] = [];
  const keeper = createKeeper({
    start,
    retryFirstStart: false,
    decide: () => {
      deaths.push(now());
      return afterDeath(policy, deaths);
    },
    started: (_, again) => {
      if (again) say(`  ${name} runs again`);
    },
    ended: (end, decision) => tell(options, end, decision),
  });
  register?.(keeper.stop);
  await keeper.begin();
  return keeper;
}
