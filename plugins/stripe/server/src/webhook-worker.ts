import type { Database } from '@comptoir/database';
import { type Queue, type Step, workOnNext } from '@comptoir/jobs';

import { isAway } from '../../adapters/stripe-client.ts';
import { claim, type ClaimedEvent, settle } from '../../adapters/webhook-inbox.ts';
import { afterTry, type HandlingOutcome, type NextState } from '../../domain/webhook-retry.ts';
import type { EventRef } from '../../usecases/handle-event.ts';

export interface StepPorts {
  database: Database;
  handle(event: EventRef): Promise<HandlingOutcome>;
  now(): Date;
  log(level: 'debug' | 'info' | 'warn' | 'error', line: string): void;
}

/** An event after a try. `next`: what becomes of its row. */
interface TriedEvent {
  event: ClaimedEvent;
  outcome: HandlingOutcome;
  next: NextState;
}
const INBOX: Queue<ClaimedEvent, TriedEvent> = {
  claim,
  settle: (trx, { eventId }, { next }) => settle(trx, eventId, next),
};

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

function logOutcome({ log }: StepPorts, { event, outcome, next }: TriedEvent): void {
  const about = `stripe event ${event.eventId} ${event.type}`;
  if (outcome.kind === 'done') log(outcome.quiet ? 'debug' : 'info', `${about}: ${outcome.note}`);
  else if (next.state === 'dead')
    log('error', `${about} given up, staff must look: ${outcome.reason}`);
  else log('warn', `${about} comes again: ${outcome.reason}`);
}

/**
 * Handles the next event that is due, and records the outcome. A process killed in between leaves
 * the event to be handled again.
 * @throws when the database fails
 */
export async function handleNext(ports: StepPorts): Promise<Step> {
  const tried = await workOnNext(ports.database, INBOX, async (event) => {
    const outcome = await outcomeOf(ports, event);
    return { event, outcome, next: afterTry(event, outcome, ports.now()) };
  });
  if (tried === undefined) return 'idle';
  logOutcome(ports, tried);
  return 'done';
}

/** Handles all that is due now. @returns how many */
export async function drain(ports: StepPorts): Promise<number> {
  let count = 0;
  while ((await handleNext(ports)) === 'done') count += 1;
  return count;
}
