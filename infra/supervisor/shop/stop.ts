import { complain, say } from '../say.ts';

/** Things to end, last started first. A second Ctrl-C more than two seconds after the first ends this process at once (children follow their parent). */
export const stopInOrder = (): { add: (stop: () => Promise<void> | void) => void; now: (code: number) => Promise<never>; whenAsked: (code: number, reason?: string) => void } => {
  const stops: (() => Promise<void> | void)[] = [];
  // The first is the claim on the data folder: giving it back is not worth a word.
  const quiet = 1;
  let began = 0;
  const now = async (code: number): Promise<never> => {
    for (const stop of stops.reverse()) await Promise.resolve(stop()).catch((error: unknown) => complain(error instanceof Error ? error.message : String(error)));
    if (stops.length > quiet) say('  stopped');
    process.exit(code);
  };
  const whenAsked = (code: number, reason?: string): void => {
    // npm and the terminal both pass one Ctrl-C on.
    if (began && Date.now() - began > 2000 && !reason) process.exit(1);
    if (began) return;
    began = Date.now();
    if (reason) complain(reason);
    if (stops.length > quiet) say('\n• Stopping the shop …');
    void now(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => whenAsked(0));
  process.on('disconnect', () => whenAsked(0));
  return { add: (stop) => stops.push(stop), now, whenAsked };
};
