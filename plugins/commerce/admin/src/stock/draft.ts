import { afterCount, countRefusal, reasonOf, refusal, type StockLevel } from './level.ts';

/** What staff are typing: pieces that come or go, or all that were counted. */
export interface Typed {
  mode: 'change' | 'count';
  change: string;
  count: string;
  reason: string | null;
}
/** What it means. `value`: the change, or the count; `after`: the stock it leaves, null while it cannot be. */
export interface Draft {
  value: number;
  reason: string;
  error: string | null;
  after: number | null;
}

const whole = (text: string, form: RegExp): number | null =>
  form.test(text.trim()) ? Number(text.trim()) : null;

/** Reads what was typed about a level; an empty field is no mistake yet. */
export function draftOf(level: StockLevel, { mode, change, count, reason: chosen }: Typed): Draft {
  const counting = mode === 'count';
  const text = counting ? count : change;
  const value = whole(text, counting ? /^\d{1,6}$/ : /^[+-]?\d{1,6}$/);
  const error = text === '' ? null : counting ? countRefusal(level, value) : refusal(level, value);
  const fits = value !== null && error === null;
  return {
    value: value ?? 0,
    error,
    reason: counting ? '' : reasonOf(chosen, value),
    after: fits ? (counting ? afterCount(level, value) : level.onHand + value) : null,
  };
}
