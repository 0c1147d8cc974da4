import { detailsOf, errorsOf, typedOf } from './details.ts';
import type { Faults } from './faults.ts';
import type { Session } from './objects.ts';
import {
  closedPage,
  completePage,
  contextOf,
  expiredPage,
  type PageContext,
  payPage,
  pendingPage,
  securePage,
  unknownPage,
} from './pay-page.ts';
import { challenge, decline, pay, payLater, payTwice, settle } from './payment-intents.ts';
import { findSession } from './sessions.ts';
import type { World } from './world.ts';

/** A page, or a way back to the shop once the event `after` has been tried (null: at once). */
export type PayAnswer =
  | { kind: 'page'; status: number; html: string; formTargets: string[] }
  | { kind: 'redirect'; to: string; after: string | null };

export interface PayRequest {
  method: string;
  id: string;
  form: URLSearchParams;
  acceptLanguage: string | undefined;
}

const backTo = (session: Session): string =>
  session.successUrl.replaceAll('{CHECKOUT_SESSION_ID}', session.id);
const origins = (session: Session): string[] =>
  [session.successUrl, session.cancelUrl].flatMap((url) =>
    url !== null && URL.canParse(url) ? [new URL(url).origin] : [],
  );
const shown = (session: Session, html: string, status = 200): PayAnswer => ({
  kind: 'page',
  status,
  html,
  formTargets: origins(session),
});

const intentOf = (world: World, session: Session) =>
  session.intent === null ? undefined : world.state.intents.get(session.intent);

/** What a session's address shows on GET. */
const view = (world: World, session: Session, context: PageContext): PayAnswer => {
  const intent = intentOf(world, session);
  if (session.status === 'expired')
    return shown(session, expiredPage(context, session.cancelUrl), 410);
  if (intent?.status === 'processing')
    return shown(session, pendingPage(context, backTo(session), intent.settlesAt !== null));
  if (session.status === 'complete') return shown(session, completePage(context, backTo(session)));
  return shown(
    session,
    intent?.status === 'requires_action' ? securePage(context) : payPage(session, { context }),
  );
};

interface Deed {
  world: World;
  faults: Faults;
  session: Session;
  form: URLSearchParams;
  context: PageContext;
}

const refused = ({ session, context, form }: Deed, alert: string): PayAnswer => {
  const typed = form.has('name') ? { typed: typedOf(form) } : {};
  return shown(session, payPage(session, { context, alert, ...typed }), 402);
};

/** Leaves by card, unless a fault says that the bank refuses. */
const byCard = (deed: Deed, run: () => string): PayAnswer => {
  const { world, faults, session, context } = deed;
  const fault = faults.take('decline');
  if (fault === null) return { kind: 'redirect', to: backTo(session), after: run() };
  decline(world, session.id, fault.code);
  return refused(deed, context.texts.declined);
};

const confirm = (deed: Deed, action: 'confirm' | 'reject'): PayAnswer => {
  const { world, session, context } = deed;
  const { details } = session;
  if (intentOf(world, session)?.status !== 'requires_action' || details === null)
    return view(world, session, context);
  if (action === 'confirm') return byCard(deed, () => pay(world, session.id, details));
  decline(world, session.id, 'payment_intent_authentication_failure');
  return refused(deed, context.texts.failed3ds);
};

const begin = (deed: Deed, action: string): PayAnswer => {
  const { world, session, form, context } = deed;
  const typed = typedOf(form);
  const errors = errorsOf(session, typed, context.texts);
  if (Object.keys(errors).length > 0)
    return shown(
      session,
      payPage(session, { context, typed, errors, alert: context.texts.check }),
      422,
    );
  const details = detailsOf(session, typed);
  if (action === 'secure') {
    challenge(world, session.id, details);
    return view(world, session, context);
  }
  if (action === 'later') {
    payLater(world, session.id, details);
    return view(world, session, context);
  }
  if (action === 'twice') return byCard(deed, () => payTwice(world, session.id, details));
  const answer = byCard(deed, () => pay(world, session.id, details));
  return action === 'close' && answer.kind === 'redirect'
    ? shown(session, closedPage(context))
    : answer;
};

const act = (deed: Deed): PayAnswer => {
  const { world, session, context, form } = deed;
  const action = form.get('action') ?? '';
  if (action === 'arrive' || action === 'bounce') {
    if (intentOf(world, session)?.status === 'processing')
      settle(world, session.id, action === 'arrive' ? 'succeeded' : 'failed');
    return { kind: 'redirect', to: backTo(session), after: null };
  }
  // A second click on a button that already paid goes where the first one went.
  if (session.status === 'complete') return { kind: 'redirect', to: backTo(session), after: null };
  if (session.status === 'expired') return view(world, session, context);
  if (action === 'confirm' || action === 'reject') return confirm(deed, action);
  if (action === 'decline') {
    decline(world, session.id);
    return refused(deed, context.texts.declined);
  }
  return ['pay', 'secure', 'later', 'close', 'twice'].includes(action)
    ? begin(deed, action)
    : view(world, session, context);
};

/** Answers `/pay/{session}`. */
export const answerPay = (
  world: World,
  faults: Faults,
  { method, id, form, acceptLanguage }: PayRequest,
): PayAnswer => {
  if (!world.state.sessions.has(id))
    return {
      kind: 'page',
      status: 404,
      html: unknownPage(contextOf(null, acceptLanguage)),
      formTargets: [],
    };
  const session = findSession(world, id);
  const context = contextOf(session, acceptLanguage);
  return method === 'POST'
    ? act({ world, faults, session, form, context })
    : view(world, session, context);
};
