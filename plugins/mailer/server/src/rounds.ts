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

async function repeat(round: Round, database: Database, stopping: AbortSignal, failed: (name: string, error: unknown) => void): Promise<void> {
  while (!stopping.aborted) {
    await runAlone(database, round).catch((error: unknown) => failed(round.name, error));
    await wait(round.everyMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

/** Starts all rounds, each at once and then at its own pace. @returns how to stop; a round under way gets `patienceMs` */
export function startRounds(rounds: readonly Round[], database: Database, failed: (name: string, error: unknown) => void, patienceMs: number): () => Promise<void> {
  const stopping = new AbortController();
  const running = Promise.all(rounds.map((round) => repeat(round, database, stopping.signal, failed)));
  return async () => {
    stopping.abort();
    const late = new AbortController();
    await Promise.race([running, wait(patienceMs, undefined, { signal: late.signal }).catch(() => undefined)]);
    late.abort();
  };
}
