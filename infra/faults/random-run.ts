import { dieAt, STEPS } from './breakpoints.ts';
import { createBuyer } from './buyer.ts';
import { chance } from './chance.ts';
import { disasters, MISHAP_NAMES, MISHAPS } from './disasters.ts';
import { fillStock } from './fill-stock.ts';
import { brokenInvariants, factsOf } from './invariants.ts';
import type { Parts } from './parts.ts';
import { quiesce } from './quiesce.ts';
import { type PurchaseResult, SCENARIO_NAMES, visit } from './scenarios.ts';
import { type Deed, DEEDS, type Staff } from './staff.ts';

export interface RunOptions {
  seed: number;
  /** Purchases. */
  count: number;
  /** Disasters spread over the run. */
  disasters: number;
  /** Buyers at once. */
  width?: number;
  /** Told what happens, one line at a time. */
  say?(line: string): void;
}

/** What one run came to. `broken` is empty when all is well. */
export interface RunReport {
  purchases: number;
  sold: number;
  states: Record<string, number>;
  deeds: number;
  mails: number;
  broken: string[];
}

const PLENTY = [
  'ah-001-1',
  'ah-002-1',
  'ah-003-1',
  'ah-004',
  'ah-006',
  'ah-007',
  'ah-008',
] as const;
/** A piece that runs out: buyers meet at it. */
const SCARCE = 'ah-005';
/** A purchase is looked at by staff once this many others have begun. */
const LATER = 40;

/** What happens in purchase number `id`, decided by the seed alone. */
function planOf(seed: number, id: number) {
  const luck = chance(seed, `purchase ${id}`);
  const skus = luck.happens(10) ? [SCARCE] : [...new Set([luck.pick(PLENTY), luck.pick(PLENTY)])];
  return {
    lines: skus.map((sku) => ({ sku, quantity: 1 + Math.floor(luck.next() * 2) })),
    scenario: luck.pick(SCENARIO_NAMES),
    clicks: luck.happens(15) ? 2 : 1,
    mishap: luck.happens(20) ? luck.pick(MISHAP_NAMES) : null,
    deed: luck.happens(60) ? luck.pick(DEEDS) : null,
  };
}

type Plan = ReturnType<typeof planOf>;

/** Strikes each disaster when its purchase begins; one after the other, while buyers go on. */
function fate({ seed, count, disasters: number, say }: RunOptions, parts: Parts) {
  const waiting = disasters(chance(seed, 'disasters'), number).map((disaster, at) => ({
    ...disaster,
    from: Math.floor(((at + 0.5) * count) / number),
  }));
  let last: Promise<void> = Promise.resolve();
  return {
    purchaseBegins(id: number): void {
      for (const { name, strike } of waiting.filter(({ from }) => from === id)) {
        last = last.then(() => {
          say?.(`purchase ${id}: ${name}`);
          return strike(parts);
        });
        // Told at the end; buyers only notice that the shop is away.
        last.catch(() => undefined);
      }
    },
    over: (): Promise<void> => last,
  };
}

/** One purchase, with what staff do to an earlier one meanwhile. */
async function purchase(
  parts: Parts,
  { seed }: RunOptions,
  id: number,
  plan: Plan,
): Promise<PurchaseResult> {
  const { scenario, mishap, lines, clicks } = plan;
  if (mishap !== null) parts.simulator.faults.add([MISHAPS[mishap]]);
  const left = await visit(scenario, clicks, {
    parts,
    buyer: createBuyer(parts, id, `s${seed}`),
    lines,
  });
  // "A card refused" may have hit this buyer or another: only Stripe knows which order was paid.
  return left.kind === 'order'
    ? { ...left, paid: left.paid && (parts.simulator.ledger()[left.number]?.taken ?? 0) > 0 }
    : left;
}

interface Todo {
  deed: Deed;
  number: string;
}

interface Sold {
  left: PurchaseResult[];
  deeds: number;
  broken: string[];
  /** What staff could not do yet: the order was not paid when they looked. */
  undone: Todo[];
}

/** Buyers, `width` at a time, and staff behind them. */
async function sell(parts: Parts, staff: Staff, options: RunOptions): Promise<Sold> {
  const { seed, count, width = 8, say } = options;
  const sold: Sold = { left: [], deeds: 0, broken: [], undone: [] };
  const todo = new Map<number, Todo>();
  const happening = fate(options, parts);
  let next = 0;
  const attend = async (id: number): Promise<void> => {
    const due = todo.get(id);
    todo.delete(id);
    if (due === undefined) return;
    if (await staff.click(due.deed, due.number)) sold.deeds += 1;
    else sold.undone.push(due);
  };
  const buy = async (): Promise<void> => {
    for (let id = next; id < count; id = next) {
      next += 1;
      happening.purchaseBegins(id);
      const plan = planOf(seed, id);
      const one = await purchase(parts, options, id, plan).catch((error: unknown) => {
        sold.broken.push(`purchase ${id} ("${plan.scenario}"): ${String(error)}`);
      });
      if (one) sold.left.push(one);
      if (plan.deed !== null && one?.kind === 'order')
        todo.set(id, { deed: plan.deed, number: one.number });
      await attend(id - LATER);
      if (next % 50 === 0) say?.(`${next} of ${count} purchases begun`);
    }
  };
  await Promise.all(Array.from({ length: width }, buy)).finally(() => happening.over());
  for (const id of [...todo.keys()]) await attend(id);
  return sold;
}

/** Milliseconds in which a refund that is asked for is on its way, or there was none to ask for. */
const SOON = 6000;

/**
 * Staff come back to what was not paid when they looked; the shop dies as it makes their refunds.
 * @returns how many deeds were done
 */
async function lookAgain(
  parts: Parts,
  staff: Staff,
  { seed, say }: RunOptions,
  undone: Todo[],
): Promise<number> {
  const step = chance(seed, 'second look').pick(STEPS.filter(({ phase }) => phase === 'refund'));
  say?.(`staff look again: kill -9 ${step.name}`);
  const breakpoint = await step.set(parts, SOON);
  const clicks = async (): Promise<number> => {
    let deeds = 0;
    for (const { deed, number } of undone) if (await staff.click(deed, number)) deeds += 1;
    return deeds;
  };
  const [deeds] = await Promise.all([clicks(), dieAt(breakpoint, parts, { anyway: true })]);
  return deeds;
}

/** Lets half of the unpaid pages run out of time; the shop must notice by itself. */
const letPagesRunOut = ({ query }: Parts): Promise<unknown> =>
  query(
    `update orders set session_expires_at = session_expires_at - interval '1 hour' where status = 'pending' and id % 2 = 0`,
  );

/** Orders that were paid and that the shop does not know as paid. */
async function forgotten(parts: Parts, left: PurchaseResult[]): Promise<string[]> {
  const states = new Map(
    (await factsOf(parts.query)).map(({ number, status }) => [number, status]),
  );
  return left.flatMap((one) =>
    one.kind === 'order' && one.paid && ['pending', undefined].includes(states.get(one.number))
      ? [`${one.number} was paid by its buyer and is ${states.get(one.number) ?? 'not there'}`]
      : [],
  );
}

/**
 * Purchases and faults as the seed has it, then rest, then every invariant.
 * @throws Error when the shop does not come to rest
 */
export async function randomRun(
  parts: Parts,
  staff: Staff,
  options: RunOptions,
): Promise<RunReport> {
  for (const sku of PLENTY) await fillStock(parts, sku, options.count * 4);
  await fillStock(parts, SCARCE, Math.ceil(options.count / 20));
  const { left, deeds, broken, undone } = await sell(parts, staff, options);
  options.say?.('all bought; coming to rest');
  await letPagesRunOut(parts);
  await quiesce(parts);
  const later = await lookAgain(parts, staff, options, undone);
  await quiesce(parts);
  const states = Object.fromEntries(
    (await parts.query('select status, count(*)::int as n from orders group by 1 order by 1')).map(
      ({ status, n }) => [String(status), Number(n)],
    ),
  );
  return {
    purchases: left.length,
    sold: left.filter(({ kind }) => kind === 'sold').length,
    states,
    deeds: deeds + later,
    mails: parts.smtp.received.length,
    broken: [...broken, ...(await brokenInvariants(parts)), ...(await forgotten(parts, left))],
  };
}
