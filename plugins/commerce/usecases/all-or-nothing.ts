import type { InTransaction, Unit } from '../domain/order-ports.ts';

/** Carries a failure out of a transaction, so that what it wrote is undone. */
class Undone<T> extends Error {
  readonly outcome: T;
  constructor(outcome: T) {
    super('undone');
    this.outcome = outcome;
  }
}

/**
 * Runs work in a transaction that is undone when the outcome is a failure; the failure is still a
 * value.
 */
export async function allOrNothing<T extends { ok: boolean }>(
  inTransaction: InTransaction,
  work: (unit: Unit) => Promise<T>,
): Promise<T> {
  let undone: Undone<T> | null = null;
  try {
    return await inTransaction(async (unit) => {
      const outcome = await work(unit);
      if (outcome.ok) return outcome;
      undone = new Undone(outcome);
      throw undone;
    });
  } catch (error) {
    if (undone !== null && error === undone) return (error as Undone<T>).outcome;
    throw error;
  }
}
