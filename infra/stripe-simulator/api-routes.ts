import type { z } from 'zod';

import { findDispute } from './disputes.ts';
import type { FormTree } from './form-encoding.ts';
import { parse } from './form-fields.ts';
import { page } from './lists.ts';
import type { Intent, Session } from './objects.ts';
import * as parameters from './parameters.ts';
import { findCharge, findIntent, refund } from './refunds.ts';
import { expireOverdue, expireSession, findSession, openSession } from './sessions.ts';
import { missing, StripeProblem } from './stripe-problem.ts';
import {
  chargeView,
  disputeView,
  intentView,
  lineItems,
  refundView,
  sessionView,
} from './views.ts';
import { eventView, type World } from './world.ts';

type Body = Record<string, unknown>;
interface Call {
  world: World;
  id: string;
  form: FormTree;
}
interface Route {
  method: 'GET' | 'POST';
  path: RegExp;
  name: string;
  run: (call: Call) => Body;
}

const unexpandable = (name: string): StripeProblem =>
  new StripeProblem(400, `This property cannot be expanded (${name}).`, { param: 'expand' });

const withIntent = (world: World, intent: Intent, expand: readonly string[]): Body => {
  const strange = expand.find((name) => name !== 'latest_charge');
  if (strange !== undefined) throw unexpandable(strange);
  return expand.length === 0
    ? intentView(world, intent)
    : { ...intentView(world, intent), latest_charge: chargeView(world, intent) };
};

const expanded = (world: World, session: Session, expand: readonly string[]): Body => {
  const strange = expand.find(
    (name) => !/^(line_items|payment_intent(\.latest_charge)?)$/.test(name),
  );
  if (strange !== undefined) throw unexpandable(strange);
  const intent = session.intent === null ? undefined : world.state.intents.get(session.intent);
  const within = expand
    .filter((name) => name.startsWith('payment_intent.'))
    .map((name) => name.slice('payment_intent.'.length));
  return {
    ...sessionView(world, session),
    ...(expand.includes('line_items') ? { line_items: lineItems(session) } : {}),
    ...(intent !== undefined && expand.some((name) => name.startsWith('payment_intent'))
      ? { payment_intent: withIntent(world, intent, within) }
      : {}),
  };
};

/** The expansions of a list's rows: Stripe wants them as `data.…`. */
const ofRows = (expand: readonly string[]): string[] =>
  expand.map((name) => {
    if (!name.startsWith('data.')) throw unexpandable(name);
    return name.slice('data.'.length);
  });

const noExpansion = (expand: readonly string[]): void => {
  if (expand[0] !== undefined) throw unexpandable(expand[0]);
};

const sessions: Route[] = [
  {
    method: 'POST',
    path: /^checkout\/sessions$/,
    name: 'sessions.create',
    run: ({ world, form }) => {
      const request = parse(parameters.createSession, form);
      return expanded(world, openSession(world, request), request.expand);
    },
  },
  {
    method: 'GET',
    path: /^checkout\/sessions$/,
    name: 'sessions.list',
    run: ({ world, form }) => {
      const request = parse(parameters.listSessions, form);
      expireOverdue(world);
      const keep = ({ intent, status }: Session): boolean =>
        (request.payment_intent === undefined || intent === request.payment_intent) &&
        (request.status === undefined || status === request.status);
      return page(request, {
        url: '/v1/checkout/sessions',
        rows: world.state.sessions.values(),
        keep,
        view: (session) => expanded(world, session, ofRows(request.expand)),
      });
    },
  },
  {
    method: 'GET',
    path: /^checkout\/sessions\/(\w+)$/,
    name: 'sessions.retrieve',
    run: ({ world, id, form }) =>
      expanded(world, findSession(world, id), parse(parameters.onlyExpand, form).expand),
  },
  {
    method: 'POST',
    path: /^checkout\/sessions\/(\w+)\/expire$/,
    name: 'sessions.expire',
    run: ({ world, id, form }) => {
      const { expand } = parse(parameters.onlyExpand, form);
      return expanded(world, expireSession(world, id), expand);
    },
  },
];

const chargeOf = (world: World, intent: Intent): Body => chargeView(world, intent) ?? {};
const money: Route[] = [
  {
    method: 'GET',
    path: /^payment_intents$/,
    name: 'intents.list',
    run: ({ world, form }) => {
      const request = parse(parameters.listIntents, form);
      return page(request, {
        url: '/v1/payment_intents',
        rows: world.state.intents.values(),
        view: (intent) => withIntent(world, intent, ofRows(request.expand)),
      });
    },
  },
  {
    method: 'GET',
    path: /^payment_intents\/(\w+)$/,
    name: 'intents.retrieve',
    run: ({ world, id, form }) =>
      withIntent(world, findIntent(world, id), parse(parameters.onlyExpand, form).expand),
  },
  {
    method: 'GET',
    path: /^charges$/,
    name: 'charges.list',
    run: ({ world, form }) => {
      const request = parse(parameters.listCharges, form);
      noExpansion(request.expand);
      const rows = [...world.state.intents.values()].flatMap((intent) =>
        intent.charge === null
          ? []
          : [{ id: intent.charge.id, created: intent.charge.created, intent }],
      );
      return page(request, {
        url: '/v1/charges',
        rows,
        keep: ({ intent }) =>
          request.payment_intent === undefined || intent.id === request.payment_intent,
        view: ({ intent }) => chargeOf(world, intent),
      });
    },
  },
  {
    method: 'GET',
    path: /^charges\/(\w+)$/,
    name: 'charges.retrieve',
    run: ({ world, id, form }) => {
      noExpansion(parse(parameters.onlyExpand, form).expand);
      return chargeOf(world, findCharge(world, id));
    },
  },
];

const found = <T>(row: T | undefined, kind: string, id: string): T => {
  if (row === undefined) throw missing(kind, id, 'id');
  return row;
};
const matches =
  (request: z.output<typeof parameters.listRefunds>) =>
  (row: { intent: string; charge: string }): boolean =>
    (request.payment_intent === undefined || row.intent === request.payment_intent) &&
    (request.charge === undefined || row.charge === request.charge);

const refunds: Route[] = [
  {
    method: 'POST',
    path: /^refunds$/,
    name: 'refunds.create',
    run: ({ world, form }) => {
      const request = parse(parameters.createRefund, form);
      noExpansion(request.expand);
      return refundView(refund(world, request));
    },
  },
  {
    method: 'GET',
    path: /^refunds$/,
    name: 'refunds.list',
    run: ({ world, form }) => {
      const request = parse(parameters.listRefunds, form);
      noExpansion(request.expand);
      return page(request, {
        url: '/v1/refunds',
        rows: world.state.refunds.values(),
        keep: matches(request),
        view: refundView,
      });
    },
  },
  {
    method: 'GET',
    path: /^refunds\/(\w+)$/,
    name: 'refunds.retrieve',
    run: ({ world, id, form }) => {
      noExpansion(parse(parameters.onlyExpand, form).expand);
      return refundView(found(world.state.refunds.get(id), 'refund', id));
    },
  },
];

const disputes: Route[] = [
  {
    method: 'GET',
    path: /^disputes$/,
    name: 'disputes.list',
    run: ({ world, form }) => {
      const request = parse(parameters.listDisputes, form);
      noExpansion(request.expand);
      return page(request, {
        url: '/v1/disputes',
        rows: world.state.disputes.values(),
        keep: matches(request),
        view: disputeView,
      });
    },
  },
  {
    method: 'GET',
    path: /^disputes\/(\w+)$/,
    name: 'disputes.retrieve',
    run: ({ world, id, form }) => {
      noExpansion(parse(parameters.onlyExpand, form).expand);
      return disputeView(findDispute(world, id));
    },
  },
];

const events: Route[] = [
  {
    method: 'GET',
    path: /^events$/,
    name: 'events.list',
    run: ({ world, form }) => {
      const request = parse(parameters.listEvents, form);
      noExpansion(request.expand);
      expireOverdue(world);
      const keep = ({ type, delivery }: { type: string; delivery: string }): boolean =>
        (request.type === undefined || type === request.type) &&
        (request.types === undefined || request.types.includes(type)) &&
        (request.delivery_success === undefined ||
          (delivery === 'delivered') === request.delivery_success);
      return page(request, {
        url: '/v1/events',
        rows: world.state.events.values(),
        keep,
        view: eventView,
      });
    },
  },
  {
    method: 'GET',
    path: /^events\/(\w+)$/,
    name: 'events.retrieve',
    run: ({ world, id, form }) => {
      noExpansion(parse(parameters.onlyExpand, form).expand);
      return eventView(found(world.state.events.get(id), 'event', id));
    },
  },
];

const table: readonly Route[] = [...sessions, ...money, ...refunds, ...disputes, ...events];

/** The call that an address below `/v1/` means. @throws StripeProblem 404 */
export const routeOf = (
  method: string,
  path: string,
): { name: string; run: (world: World, form: FormTree) => Body } => {
  for (const route of table) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match !== null)
      return {
        name: route.name,
        run: (world, form) => route.run({ world, form, id: match[1] ?? '' }),
      };
  }
  throw new StripeProblem(
    404,
    `Unrecognized request URL (${method}: /v1/${path}). The simulator knows only what the shop uses: its routes.ts.`,
  );
};
