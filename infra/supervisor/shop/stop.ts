import { complain, say } from '../say.ts';

/** Things to end, last started first. A second Ctrl-C more than two seconds after the first ends this process at once (children follow their parent). */
export const stopInOrder = (): { add: (stop: () => Promise<void> | void) => void; now: (code: number) => Promise<never>; whenAsked: (code: number, reason?: string) => void } => {
  const stops: (() => Promise<void> | void)[] = [];
  let began = 0;
  const now = async (code: number): Promise<never> => {
    for (const stop of stops.reverse()) await Promise.resolve(stop()).catch((error: unknown) => complain(error instanceof Error ? error.message : String(error)));
    say('  stopped');
    process.exit(code);
  };
  const whenAsked = (code: number, reason?: string): void => {
    // npm and the terminal both pass one Ctrl-C on.
    if (began && Date.now() - began > 2000 && !reason) process.exit(1);
    if (began) return;
    began = Date.now();
    if (reason) complain(reason);
    say('\n• Stopping the shop …');
    void now(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => whenAsked(0));
  process.on('disconnect', () => whenAsked(0));
  return { add: (stop) => stops.push(stop), now, whenAsked };
};
