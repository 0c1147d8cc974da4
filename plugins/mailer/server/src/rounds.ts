import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

import type { Database } from '../../adapters/sql.ts';

/** Something done over and over, by one process at a time. */
export interface Round {
  name: string;
  everyMs: number;
  run(): Promise<unknown>;
}

const lockSchema = z.object({ free: z.boolean() });

/**
 * Rounds of one process at a time. Each holds a connection for its lock while its work takes others: as many of them as the pool has
 * connections would all wait for one more, and nobody would ever give one back.
 */
const AT_ONCE = 2;

/** At most `places` at a time; who has waited longest goes first. */
function turns(places: number): (work: () => Promise<unknown>) => Promise<void> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (work) => {
    if (free > 0) free -= 1;
    else
      await new Promise<void>((go) => {
        waiting.push(go);
      });
    try {
      await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/** Runs a round unless another process is at it. @returns whether it ran */
export const runAlone = (
  database: Database,
  { name, run }: Pick<Round, 'name' | 'run'>,
): Promise<boolean> =>
  database.transaction(async (trx) => {
    const { rows } = await trx.raw('select pg_try_advisory_xact_lock(hashtext(?)) as free', [
      `comptoir:round:${name}`,
    ]);
    const [lock] = z.array(lockSchema).parse(rows);
    if (!lock?.free) return false;
    await run();
    return true;
  });

type Failed = (name: string, error: unknown) => void;
interface Repeating {
  database: Database;
  stopping: AbortSignal;
  failed: Failed;
  turn: ReturnType<typeof turns>;
}

async function repeat(
  round: Round,
  { database, stopping, failed, turn }: Repeating,
): Promise<void> {
  while (!stopping.aborted) {
    await turn(async () => {
      if (!stopping.aborted)
        await runAlone(database, round).catch((error: unknown) => failed(round.name, error));
    });
    await wait(round.everyMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

/** Starts all rounds, each as soon as it gets its turn and then at its own pace. @returns how to stop; a round under way gets `patienceMs` */
export function startRounds(
  rounds: readonly Round[],
  database: Database,
  failed: Failed,
  patienceMs: number,
): () => Promise<void> {
  const stopping = new AbortController();
  const turn = turns(AT_ONCE);
  const running = Promise.all(
    rounds.map((round) => repeat(round, { database, stopping: stopping.signal, failed, turn })),
  );
  return async () => {
    stopping.abort();
    const late = new AbortController();
    await Promise.race([
      running,
      wait(patienceMs, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
  };
}
