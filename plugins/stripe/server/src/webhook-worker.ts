import type { Database } from '../../adapters/inbox-table.ts';
import { isAway } from '../../adapters/stripe-client.ts';
import { claim, type ClaimedEvent, settle } from '../../adapters/webhook-inbox.ts';
import { afterTry, type HandlingOutcome } from '../../domain/webhook-retry.ts';
import type { EventRef } from '../../usecases/handle-event.ts';

export interface StepPorts {
  database: Database;
  handle(event: EventRef): Promise<HandlingOutcome>;
  now(): Date;
  log(level: 'debug' | 'info' | 'warn' | 'error', line: string): void;
}
/** `idle`: nothing was due. */
export type Step = 'idle' | 'done';

async function outcomeOf(
  { handle }: StepPorts,
  { type, payload }: ClaimedEvent,
): Promise<HandlingOutcome> {
  try {
    return await handle({ type, ...payload });
  } catch (error) {
    return {
      kind: isAway(error) ? 'away' : 'retry',
      reason: error instanceof Error ? error.message : String(error),
    };
  }
}

function logOutcome(
  { log }: StepPorts,
  { eventId, type }: ClaimedEvent,
  outcome: HandlingOutcome,
  givenUp: boolean,
): void {
  const about = `stripe event ${eventId} ${type}`;
  if (outcome.kind === 'done') log(outcome.quiet ? 'debug' : 'info', `${about}: ${outcome.note}`);
  else if (givenUp) log('error', `${about} given up, staff must look: ${outcome.reason}`);
  else log('warn', `${about} comes again: ${outcome.reason}`);
}

/** Handles the next event that is due, and records the outcome. A process killed in between leaves the event to be handled again. @throws when the database fails */
export async function handleNext(ports: StepPorts): Promise<Step> {
  return ports.database.transaction(async (trx) => {
    const row = await claim(trx);
    if (row === undefined) return 'idle';
    const outcome = await outcomeOf(ports, row);
    const next = afterTry(row, outcome, ports.now());
    await settle(trx, row.eventId, next);
    logOutcome(ports, row, outcome, next.state === 'dead');
    return 'done';
  });
}

/** Handles all that is due now. @returns how many */
export async function drain(ports: StepPorts): Promise<number> {
  let count = 0;
  while ((await handleNext(ports)) === 'done') count += 1;
  return count;
}
