import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

import {
  type Dispute,
  disputeSchema,
  eventSchema,
  type Intent,
  intentSchema,
  type KeptAnswer,
  keptAnswerSchema,
  type Refund,
  refundSchema,
  type Session,
  sessionSchema,
  type StoredEvent,
} from './objects.ts';

/** Everything the simulated Stripe knows; each map is in order of creation. */
export interface State {
  sessions: Map<string, Session>;
  intents: Map<string, Intent>;
  refunds: Map<string, Refund>;
  disputes: Map<string, Dispute>;
  events: Map<string, StoredEvent>;
  answers: Map<string, KeptAnswer>;
}

export interface Store {
  state: State;
  /** Resolves when everything changed so far is on disk (at once without a file). */
  saved(): Promise<void>;
}

const fileSchema = z.object({
  sessions: z.array(sessionSchema),
  intents: z.array(intentSchema),
  refunds: z.array(refundSchema),
  disputes: z.array(disputeSchema).default([]),
  events: z.array(eventSchema),
  answers: z.array(keptAnswerSchema),
});
const byId = <T extends { id: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

const read = (file: string | null): State => {
  if (file === null || !existsSync(file))
    return {
      sessions: new Map(),
      intents: new Map(),
      refunds: new Map(),
      disputes: new Map(),
      events: new Map(),
      answers: new Map(),
    };
  try {
    const { sessions, intents, refunds, disputes, events, answers } = fileSchema.parse(
      JSON.parse(readFileSync(file, 'utf8')),
    );
    return {
      sessions: byId(sessions),
      intents: byId(intents),
      refunds: byId(refunds),
      disputes: byId(disputes),
      events: byId(events),
      answers: new Map(answers.map((answer) => [answer.key, answer])),
    };
  } catch (error) {
    throw new Error(
      `The simulator cannot read its state in ${file}: move the file away to start empty.`,
      { cause: error },
    );
  }
};

const text = (state: State): string =>
  JSON.stringify({
    sessions: [...state.sessions.values()],
    intents: [...state.intents.values()],
    refunds: [...state.refunds.values()],
    disputes: [...state.disputes.values()],
    events: [...state.events.values()],
    answers: [...state.answers.values()],
  });

/**
 * One write at a time: callers that come while one runs share the next, which holds all their
 * changes.
 */
const writer = (file: string, state: State): (() => Promise<void>) => {
  const write = async (): Promise<void> => {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, text(state), { mode: 0o600 });
    await rename(`${file}.new`, file);
  };
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return () => {
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        running = write();
        return running;
      });
    return next;
  };
};

/**
 * Opens the state, from a JSON file when there is one.
 * @throws Error when the file is damaged, saying what to do
 */
export const openStore = (file: string | null): Store => {
  const state = read(file);
  return { state, saved: file === null ? () => Promise.resolve() : writer(file, state) };
};

const DAY = 86_400;
/**
 * Forgets what Stripe forgets: answers after a day, events after thirty.
 * @param now Unix seconds
 */
export const forgetOld = (state: State, now: number): void => {
  for (const [key, { at }] of state.answers) {
    if (at > now - DAY) break;
    state.answers.delete(key);
  }
  for (const [id, { created }] of state.events) {
    if (created > now - 30 * DAY) break;
    state.events.delete(id);
  }
};
