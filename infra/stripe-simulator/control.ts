import { z } from 'zod';

import { detailsOf, exampleOf } from './details.ts';
import { closeDispute, escalateInquiry, openDispute } from './disputes.ts';
import { type Faults, faultSchema } from './faults.ts';
import { challenge, decline, pay, payLater, payTwice, settle } from './payment-intents.ts';
import { failRefund, ledger } from './refunds.ts';
import { findSession } from './sessions.ts';
import { missing, StripeProblem } from './stripe-problem.ts';
import { disputeView, refundView, sessionView } from './views.ts';
import type { Courier } from './webhooks.ts';
import type { World } from './world.ts';

export const paySchema = z.strictObject({
  how: z.enum(['card', 'decline', 'secure-failed', 'delayed', 'twice']).default('card'),
  email: z.email().optional(),
  country: z.string().length(2).optional(),
});
export type PayInput = z.input<typeof paySchema>;
const settleSchema = z.strictObject({ outcome: z.enum(['succeeded', 'failed']) });
const disputeSchema = z.strictObject({
  amount: z.number().int().positive().optional(),
  reason: z
    .string()
    .regex(/^[a-z_]{1,60}$/)
    .default('fraudulent'),
  inquiry: z.boolean().default(false),
});
const closeSchema = z.strictObject({ outcome: z.enum(['won', 'lost']) });
const faultsSchema = z.strictObject({ faults: z.array(faultSchema).min(1) });

export interface Parts {
  world: World;
  faults: Faults;
  courier: Courier;
}
type Body = Record<string, unknown>;

/**
 * Pays a session without a browser, with the page's example buyer.
 * @throws StripeProblem 400 or 404
 */
export const payWithoutBrowser = ({ world, faults }: Parts, id: string, input: PayInput): Body => {
  const { how, email, country } = paySchema.parse(input);
  const session = findSession(world, id);
  const example = exampleOf(session);
  const details = detailsOf(session, {
    ...example,
    email: email ?? example.email,
    country: country ?? example.country,
  });
  const refused = how === 'card' || how === 'twice' ? faults.take('decline') : null;
  if (refused !== null || how === 'decline') decline(world, id, refused?.code);
  else if (how === 'secure-failed') {
    challenge(world, id, details);
    decline(world, id, 'payment_intent_authentication_failure');
  } else if (how === 'delayed') payLater(world, id, details);
  else if (how === 'twice') payTwice(world, id, details);
  else pay(world, id, details);
  return sessionView(world, session);
};

const resend = ({ world, courier }: Parts, id: string): Body => {
  const event = world.state.events.get(id);
  if (event === undefined) throw missing('event', id, 'id');
  courier.resend(event);
  return { resent: id };
};

const forget = ({ faults, courier }: Parts): Body => {
  faults.clear();
  courier.release();
  return { faults: [] };
};

interface Control {
  method: string;
  path: RegExp;
  run: (parts: Parts, id: string, input: unknown) => Body;
}
const controls: readonly Control[] = [
  { method: 'GET', path: /^faults$/, run: ({ faults }) => ({ faults: faults.list() }) },
  { method: 'DELETE', path: /^faults$/, run: forget },
  {
    method: 'POST',
    path: /^faults$/,
    run: ({ faults }, _, input) => {
      faults.add(faultsSchema.parse(input).faults);
      return { faults: faults.list() };
    },
  },
  { method: 'GET', path: /^ledger$/, run: ({ world }) => ({ orders: ledger(world) }) },
  {
    method: 'POST',
    path: /^pay\/(\w+)$/,
    run: (parts, id, input) => payWithoutBrowser(parts, id, paySchema.parse(input)),
  },
  {
    method: 'POST',
    path: /^settle\/(\w+)$/,
    run: ({ world }, id, input) => {
      settle(world, id, settleSchema.parse(input).outcome);
      return sessionView(world, findSession(world, id));
    },
  },
  {
    method: 'POST',
    path: /^dispute\/(\w+)$/,
    run: ({ world }, id, input) => disputeView(openDispute(world, id, disputeSchema.parse(input))),
  },
  {
    method: 'POST',
    path: /^escalate-inquiry\/(\w+)$/,
    run: ({ world }, id) => disputeView(escalateInquiry(world, id)),
  },
  {
    method: 'POST',
    path: /^close-dispute\/(\w+)$/,
    run: ({ world }, id, input) =>
      disputeView(closeDispute(world, id, closeSchema.parse(input).outcome)),
  },
  {
    method: 'POST',
    path: /^fail-refund\/(\w+)$/,
    run: ({ world }, id) => refundView(failRefund(world, id)),
  },
  { method: 'POST', path: /^resend\/(\w+)$/, run: (parts, id) => resend(parts, id) },
];

const json = (text: string): unknown => {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch (error) {
    throw new StripeProblem(
      400,
      `The body is not JSON: ${error instanceof Error ? error.message : 'unreadable'}`,
    );
  }
};

/**
 * Answers `/_simulator/…`, what tests ask for.
 * @throws StripeProblem 400 naming the bad field, 404 on an unknown address
 */
export const answerControl = (parts: Parts, method: string, path: string, text: string): Body => {
  for (const control of controls) {
    const match = control.method === method ? control.path.exec(path) : null;
    if (match === null) continue;
    try {
      return control.run(parts, match[1] ?? '', json(text));
    } catch (error) {
      if (error instanceof z.ZodError) throw new StripeProblem(400, z.prettifyError(error));
      throw error;
    }
  }
  throw new StripeProblem(404, `The simulator has no ${method} /_simulator/${path}.`);
};
