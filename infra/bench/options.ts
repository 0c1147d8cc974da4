import { parseArgs } from 'node:util';

/** What can be measured, in the order it is. */
export const MEASURES = ['webhooks', 'quotes', 'orders', 'settling'] as const;
export type MeasureName = (typeof MEASURES)[number];

export interface BenchOptions {
  /** Length of one measure in one shop. */
  seconds: number;
  /** Orders in the tables of the young shop. */
  few: number;
  /** Orders in the tables of the shop with a past; 0 = the young shop only. */
  history: number;
  measures: readonly MeasureName[];
  /** A Postgres that waits for no disk: shows what the shop itself costs. */
  volatile: boolean;
  /** Folder for CPU profiles of the API's processes. */
  profile: string | null;
}

const isMeasure = (name: string): name is MeasureName => MEASURES.some((known) => known === name);

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new Error(
      `--${name} is "${text}": give a whole number of at least ${least}, such as --${name} ${least + 10}.`,
    );
  return value;
}

function measuresOf(text: string | undefined): readonly MeasureName[] {
  if (text === undefined) return MEASURES;
  const names = text.split(',').map((name) => name.trim());
  const strange = names.find((name) => !isMeasure(name));
  if (strange !== undefined)
    throw new Error(
      `--only names "${strange}": known are ${MEASURES.join(', ')}, separated by commas.`,
    );
  return MEASURES.filter((name) => names.includes(name));
}

/**
 * Reads the arguments of `npm run bench -- orders`.
 * @throws Error naming the argument and a good value
 */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '12' },
      history: { type: 'string', default: '100000' },
      few: { type: 'string', default: '100' },
      only: { type: 'string' },
      volatile: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  });
  return {
    seconds: whole('seconds', values.seconds, 1),
    history: whole('history', values.history, 0),
    few: whole('few', values.few, 1),
    measures: measuresOf(values.only),
    volatile: values.volatile,
    profile: values.profile ?? null,
  };
}
