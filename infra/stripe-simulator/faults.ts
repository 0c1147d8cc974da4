import { z } from 'zod';

const times = z.number().int().min(1).max(100_000).default(1);
const on = z.enum([
  '*',
  'sessions.create',
  'sessions.list',
  'sessions.retrieve',
  'sessions.expire',
  'intents.list',
  'intents.retrieve',
  'charges.list',
  'charges.retrieve',
  'refunds.create',
  'refunds.list',
  'refunds.retrieve',
  'disputes.list',
  'disputes.retrieve',
  'events.list',
  'events.retrieve',
]);
const status = z.number().int().min(400).max(599).default(500);
const remembered = z.boolean().default(false);
const type = z.string().min(1).optional();

/** One thing that goes wrong, the next `times` times it can. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delay'), on, times, ms: z.number().int().min(1).max(600_000) }),
  /**
   * An error answer and no effect; `remembered`: the error is also what the idempotency key gets
   * again, as Stripe does when its own code fails.
   */
  z.strictObject({ kind: z.literal('fail-before'), on, times, status, remembered }),
  /** The effect and an error answer. */
  z.strictObject({ kind: z.literal('fail-after'), on, times, status, remembered }),
  /** No answer ever, without and with the effect. */
  z.strictObject({ kind: z.literal('timeout-before'), on, times }),
  z.strictObject({ kind: z.literal('timeout-after'), on, times }),
  z.strictObject({
    kind: z.literal('decline'),
    times,
    code: z
      .string()
      .regex(/^[a-z_]{1,60}$/)
      .default('card_declined'),
  }),
  z.strictObject({ kind: z.literal('drop-webhook'), type, times }),
  z.strictObject({
    kind: z.literal('duplicate-webhook'),
    type,
    times,
    copies: z.number().int().min(1).max(1000).default(1),
  }),
  /** Holds the next `count` events back and sends them one after the other, the last first. */
  z.strictObject({ kind: z.literal('reorder-webhooks'), count: z.number().int().min(2).max(1000) }),
]);
export type Fault = z.output<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;
type Kind = Fault['kind'];

/** The faults that are still to happen. */
export interface Faults {
  add(faults: readonly FaultInput[]): void;
  clear(): void;
  list(): readonly Fault[];
  /**
   * Uses up one of the first fault of that kind which fits, or null.
   * @param subject the API call (`sessions.create`) or event type
   */
  take<K extends Kind>(kind: K, subject?: string): Extract<Fault, { kind: K }> | null;
}

const fits = (fault: Fault, subject: string | undefined): boolean => {
  if ('on' in fault) return fault.on === '*' || fault.on === subject;
  return 'type' in fault && fault.type !== undefined ? fault.type === subject : true;
};
const isKind = <K extends Kind>(fault: Fault, kind: K): fault is Extract<Fault, { kind: K }> =>
  fault.kind === kind;

export const makeFaults = (): Faults => {
  let waiting: Fault[] = [];
  return {
    add(faults) {
      waiting.push(...faults.map((fault) => faultSchema.parse(fault)));
    },
    clear() {
      waiting = [];
    },
    list: () => waiting,
    take(kind, subject) {
      for (const fault of waiting) {
        if (!isKind(fault, kind) || !fits(fault, subject)) continue;
        if ('times' in fault && fault.times > 1) fault.times -= 1;
        else waiting = waiting.filter((other) => other !== fault);
        return fault;
      }
      return null;
    },
  };
};
