import {
  comparePayment,
  compareRefund,
  type Difference,
  type DifferenceBook,
  type LedgerRefund,
  type OurPayment,
  type Period,
  type Side,
  type TheirPayment,
} from '../domain/ledger-differences.ts';

export interface ComparePorts {
  stripe: { payments: Side<TheirPayment>; refunds: Side<LedgerRefund> };
  ledger: { payments: Side<OurPayment>; refunds: Side<LedgerRefund> };
  book: DifferenceBook;
  /**
   * Does once more what a lost webhook would have done.
   * @throws when Stripe or the database does not answer
   */
  heal(difference: Difference): Promise<void>;
  /** Called for each new difference: marks its order for staff, and logs it. */
  onNewDifference(difference: Difference): Promise<void>;
}
export interface ComparisonReport {
  payments: number;
  refunds: number;
  healed: number;
  found: number;
  open: number;
}

interface Row {
  id: string;
}
type Compare = (id: string) => Difference | null;
const mapOf = <T extends Row>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.id, row]));

/** All of one side that matters: its own rows of the period, and what the other side names. */
async function withMissing<T extends Row>(
  side: Side<T>,
  own: readonly T[],
  ids: ReadonlySet<string>,
): Promise<Map<string, T>> {
  const known = mapOf(own);
  for (const row of await side.byId([...ids].filter((id) => !known.has(id))))
    known.set(row.id, row);
  return known;
}

async function compareSides<T extends Row, O extends Row>(
  theirs: Side<T>,
  ours: Side<O>,
  period: Period,
  more: readonly string[],
  compare: (left: T | null, right: O | null) => Difference | null,
): Promise<{ ids: Set<string>; differenceOf: Compare }> {
  const [left, right] = [await theirs.within(period), await ours.within(period)];
  const ids = new Set([...left, ...right].map(({ id }) => id).concat(more));
  const [byThem, byUs] = [
    await withMissing(theirs, left, ids),
    await withMissing(ours, right, ids),
  ];
  return { ids, differenceOf: (id) => compare(byThem.get(id) ?? null, byUs.get(id) ?? null) };
}

const HEALABLE: readonly Difference['kind'][] = [
  'paid_without_order',
  'refund_unrecorded',
  'refund_differs',
];

/** The same difference after an attempt to make it good; null when that has worked. */
async function healed(
  { stripe, ledger, heal }: ComparePorts,
  difference: Difference,
): Promise<Difference | null> {
  if (!HEALABLE.includes(difference.kind)) return difference;
  await heal(difference);
  const { object } = difference;
  if (object.startsWith('re_'))
    return compareRefund(
      (await stripe.refunds.byId([object]))[0] ?? null,
      (await ledger.refunds.byId([object]))[0] ?? null,
    );
  return comparePayment(
    (await stripe.payments.byId([object]))[0] ?? null,
    (await ledger.payments.byId([object]))[0] ?? null,
  );
}

/**
 * Compares both ledgers both ways over a period, and again what was open. What a lost webhook
 * explains is made good; the rest is kept and reported once (twice after a crash in between).
 * @throws when Stripe or the database does not answer: nothing is concluded from half a list
 */
export const compareLedgers =
  (ports: ComparePorts) =>
  async (period: Period): Promise<ComparisonReport> => {
    const { stripe, ledger, book } = ports;
    const before = await book.open();
    const objects = (prefix: string): string[] =>
      before.map(({ object }) => object).filter((object) => object.startsWith(prefix));
    const payments = await compareSides(
      stripe.payments,
      ledger.payments,
      period,
      objects('pi_'),
      comparePayment,
    );
    const refunds = await compareSides(
      stripe.refunds,
      ledger.refunds,
      period,
      objects('re_'),
      compareRefund,
    );
    const seen = [
      ...[...payments.ids].map(payments.differenceOf),
      ...[...refunds.ids].map(refunds.differenceOf),
    ].filter((one) => one !== null);
    const lasts = [];
    for (const one of seen) lasts.push(await healed(ports, one));
    const now = lasts.filter((one) => one !== null);
    let found = 0;
    for (const one of now) {
      if (!(await book.isNews(one))) continue;
      // Reported before it is written: a process killed in between reports it twice, never not at
      // all.
      await ports.onNewDifference(one);
      await book.report(one);
      found += 1;
    }
    const still = new Set(now.map(({ kind, object }) => `${kind} ${object}`));
    for (const one of before) if (!still.has(`${one.kind} ${one.object}`)) await book.resolve(one);
    return {
      payments: payments.ids.size,
      refunds: refunds.ids.size,
      healed: seen.length - now.length,
      found,
      open: (await book.open()).length,
    };
  };
