import { endTracked } from '@comptoir/process';

import { complain, say } from '../say.ts';

type Stop = () => Promise<void> | void;
export interface Stopper {
  add: (stop: Stop) => void;
  /**
   * Ends programs under way, then what was added, last added first. Once; later callers wait for
   * the first.
   */
  all: () => Promise<void>;
  /** @param reason a failure, for people; @param signal what asked, when that was a signal */
  whenAsked: (code: number, reason?: string, signal?: string) => void;
}

/** The exit code of a command that was interrupted. */
export const INTERRUPTED = 130;

/**
 * Things to end when this process is told to (Ctrl-C, SIGTERM, a closed terminal), with programs
 * under way first and databases last. A second Ctrl-C more than two seconds after the first ends
 * this process at once (children follow their parent).
 * @param asked the exit code when a signal ends it
 */
export function stopInOrder(asked: number): Stopper {
  const stops: Stop[] = [];
  // The first is the claim on the data folder, whose return is not reported.
  const quiet = 1;
  let began = 0;
  let ending: Promise<void> | null = null;
  const endAll = async (): Promise<void> => {
    const loud = stops.length > quiet;
    await endTracked('program');
    // Taken one by one, so that what is added meanwhile is ended too.
    for (let stop = stops.pop(); stop; stop = stops.pop())
      await Promise.resolve(stop()).catch((error: unknown) =>
        complain(error instanceof Error ? error.message : String(error)),
      );
    // A database that was still starting is not among them yet.
    await endTracked('server');
    if (loud) say('  stopped');
  };
  const all = (): Promise<void> => (ending ??= endAll());
  const whenAsked = (code: number, reason?: string, signal?: string): void => {
    // npm and the terminal both pass one Ctrl-C on.
    if (began && Date.now() - began > 2000 && !reason) process.exit(1);
    if (began) return;
    began = Date.now();
    if (reason) complain(reason);
    if (stops.length > quiet) say(`\n• Stopping the shop${signal ? ` (${signal})` : ''} …`);
    void all().then(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => whenAsked(asked, undefined, signal));
  process.on('disconnect', () => whenAsked(asked, undefined, 'its first process is gone'));
  return { add: (stop) => stops.push(stop), all, whenAsked };
}
