import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Database } from '../../adapters/sql.ts';

/** Something done over and over, by one process at a time. */
export interface Round { name: string; everyMs: number; run(): Promise<unknown> }

const lockSchema = z.object({ free: z.boolean() });

/** Runs a round unless another process is at it. @returns whether it ran */
export const runAlone = (database: Database, { name, run }: Pick<Round, 'name' | 'run'>): Promise<boolean> =>
  database.transaction(async (trx) => {
    const { rows } = await trx.raw('select pg_try_advisory_xact_lock(hashtext(?)) as free', [`comptoir:round:${name}`]);
    const [lock] = z.array(lockSchema).parse(rows);
    if (!lock?.free) return false;
    await run();
    return true;
  });

type Turn = (work: () => Promise<unknown>) => Promise<unknown>;
/** One after another, however the one before went. */
function inTurn(): Turn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => (last = last.catch(() => undefined).then(work));
}

async function repeat({ name, everyMs, run }: Round, database: Database, turn: Turn, stopping: AbortSignal, failed: (name: string, error: unknown) => void): Promise<void> {
  while (!stopping.aborted) {
    await turn(async () => { if (!stopping.aborted) await runAlone(database, { name, run }); }).catch((error: unknown) => failed(name, error));
    await wait(everyMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

/**
 * Starts all rounds, each as soon as it can and then at its own pace, one after another: a round holds a connection for its lock and
 * works on a second one, so several at once could hold the whole pool and wait for each other. @returns how to stop; a round under way gets `patienceMs`
 */
export function startRounds(rounds: readonly Round[], database: Database, failed: (name: string, error: unknown) => void, patienceMs: number): () => Promise<void> {
  const stopping = new AbortController();
  const turn = inTurn();
  const running = Promise.all(rounds.map((round) => repeat(round, database, turn, stopping.signal, failed)));
  return async () => {
    stopping.abort();
    const late = new AbortController();
    await Promise.race([running, wait(patienceMs, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
  };
}
