import { EXAMPLES } from './examples.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from './simulator.ts';
import type { RecordedCall } from './simulator-server.ts';

/**
 * The shape of a call: its address without ids, and the names of its parameters without their
 * places in lists.
 */
export function shapeOf({
  method,
  path,
  form,
}: Pick<RecordedCall, 'method' | 'path' | 'form'>): string {
  const address = path.replaceAll(/(?<=\/)[a-z]{2,5}_\w+/g, '…');
  const names = new Set(
    [...new URLSearchParams(form).keys()].map((name) => name.replaceAll(/\[\d*\]/g, '[]')),
  );
  return `${method} ${address} ${[...names].sort().join(' ')}`.trim();
}

const replayed = new Set(EXAMPLES.map(shapeOf));

/**
 * The simulator as the tests of the shop start it: closing it fails when it received a call that
 * Stripe's own stripe-mock does not receive too, of which {@link EXAMPLES} has one request of each
 * shape. So no test can agree with the simulator alone.
 * @throws Error as {@link startSimulator}
 */
export async function startWatched(options: SimulatorOptions): Promise<Simulator> {
  const strange = new Map<string, string>();
  const record = (call: RecordedCall): void => {
    const shape = shapeOf(call);
    if (!replayed.has(shape)) strange.set(shape, `${call.method} ${call.path} ${call.form}`);
    options.record?.(call);
  };
  const simulator = await startSimulator({ ...options, record });
  const close = async (): Promise<void> => {
    await simulator.close();
    if (strange.size > 0)
      throw new Error(
        `The simulator was asked what stripe-mock is never asked. Add one request of each shape to infra/stripe-simulator/examples.ts:\n${[...strange.values()].join('\n')}`,
      );
  };
  return { ...simulator, close };
}
