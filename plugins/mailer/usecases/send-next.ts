import { z } from 'zod';
import type { Mail } from '@comptoir/contracts/mails';
import type { Step } from '@comptoir/jobs';

import { afterTry, type NextState, type Outcome } from '../domain/delivery.ts';
import type { Enclosure } from '../domain/enclosure.ts';
import { fitMail } from '../domain/fit-mail.ts';
import type { Message } from '../domain/message.ts';

/** A waiting mail as it lies in the outbox, unchecked. */
export interface WaitingMail {
  id: string;
  key: string;
  kind: string;
  to: string;
  locale: string;
  data: unknown;
  attempts: number;
  enclosure: Enclosure | null;
}

export interface SendPorts {
  /**
   * Locks the next mail that is due and runs `work` on it; what `work` answers is written before
   * the lock goes. Undefined = nothing is due.
   */
  withNext(work: (waiting: WaitingMail) => Promise<NextState>): Promise<NextState | undefined>;
  /**
   * @throws Unwritable when this mail can never be written, ZodError or SyntaxError while the
   * shop's settings cannot be read, else of the database
   */
  write(mail: Mail, enclosure: Enclosure | null): Promise<Message>;
  deliver(message: Message): Promise<Outcome>;
  now(): Date;
  /** Called after each attempt, for the log. */
  onAttempt(waiting: WaitingMail, outcome: Outcome, next: NextState): void;
}

/** Of one mail, which its template cannot write. */
export class Unwritable extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/**
 * What an error of rendering says about the mail. Staff can correct settings, so such a mail is
 * tried again later.
 * @throws an error of the database
 */
function renderFailure(error: unknown): Outcome {
  if (error instanceof Unwritable)
    return {
      kind: 'refused',
      reason: `the mail cannot be written: ${error.message}`,
      code: 'unwritable',
    };
  if (error instanceof z.ZodError || error instanceof SyntaxError)
    return {
      kind: 'later',
      reason: `the shop's settings cannot be read: ${error.message}`,
      code: 'settings',
    };
  throw error;
}

/**
 * A mail that cannot be read or written is refused like an address that does not exist: it must not
 * hold up the others.
 */
async function attempt(ports: SendPorts, waiting: WaitingMail): Promise<Outcome> {
  const fit = fitMail(waiting);
  if (!fit.fits) return { kind: 'refused', reason: fit.reason };
  let message: Message;
  try {
    message = await ports.write(fit.mail, waiting.enclosure);
  } catch (error) {
    return renderFailure(error);
  }
  return ports.deliver(message);
}

/**
 * Sends the next mail that is due. At least once: killed between handing over and writing it down,
 * the same mail leaves again with the same Message-ID. @throws when the database fails
 */
export async function sendNext(ports: SendPorts): Promise<Step> {
  let unavailable = false;
  const next = await ports.withNext(async (waiting) => {
    const outcome = await attempt(ports, waiting);
    unavailable = outcome.kind === 'unavailable';
    const state = afterTry(waiting.attempts, outcome, ports.now());
    ports.onAttempt(waiting, outcome, state);
    return state;
  });
  if (next === undefined) return 'idle';
  return unavailable ? 'unavailable' : 'done';
}
