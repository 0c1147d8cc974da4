import { isAway } from '../../adapters/client.ts';
import { claim, type Claimed, settle } from '../../adapters/inbox.ts';
import type { Database } from '../../adapters/inbox-table.ts';
import { afterTry, type Handled } from '../../domain/inbox.ts';
import type { Told } from '../../usecases/handle-event.ts';

export interface StepPorts {
  database: Database;
  handle(told: Told): Promise<Handled>;
  now(): Date;
  log(level: 'debug' | 'info' | 'warn' | 'error', line: string): void;
}
/** `idle`: nothing was due. */
export type Step = 'idle' | 'done';

const handled = async ({ handle }: StepPorts, { type, payload }: Claimed): Promise<Handled> => {
  try {
    return await handle({ type, ...payload });
  } catch (error) {
    return {
      kind: isAway(error) ? 'away' : 'retry',
      reason: error instanceof Error ? error.message : String(error),
    };
  }
};

/** Handles the next event that is due, and writes down what came of it. Killed in between, the event is handled again. @throws when the database fails */
export async function handleNext(ports: StepPorts): Promise<Step> {
  return ports.database.transaction(async (trx) => {
    const row = await claim(trx);
    if (row === undefined) return 'idle';
    const outcome = await handled(ports, row);
    const next = afterTry(row, outcome, ports.now());
    await settle(trx, row.eventId, next);
    const about = `stripe event ${row.eventId} ${row.type}`;
    if (outcome.kind === 'done')
      ports.log(outcome.quiet ? 'debug' : 'info', `${about}: ${outcome.note}`);
    else
      ports.log(
        next.state === 'dead' ? 'error' : 'warn',
        `${about} ${next.state === 'dead' ? 'given up, staff must look' : 'comes again'}: ${outcome.reason}`,
      );
    return 'done';
  });
}

/** Handles all that is due now. @returns how many */
export async function drain(ports: StepPorts): Promise<number> {
  let count = 0;
  while ((await handleNext(ports)) === 'done') count += 1;
  return count;
}
