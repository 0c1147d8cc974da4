import { afterCount, countRefusal, reasonOf, refusal, type StockLevel } from './stock-level.ts';

/** What staff are typing: pieces that come or go, or all that were counted. */
export interface StockForm {
  mode: 'change' | 'count';
  change: string;
  count: string;
  reason: string | null;
}
/**
 * What it means. `value`: the change, or the count; `after`: the stock it leaves, null while it
 * cannot be.
 */
export interface Draft {
  value: number;
  reason: string;
  error: string | null;
  after: number | null;
}

const whole = (text: string, form: RegExp): number | null =>
  form.test(text.trim()) ? Number(text.trim()) : null;

function countDraft(level: StockLevel, text: string): Draft {
  const counted = whole(text, /^\d{1,6}$/);
  const error = text === '' ? null : countRefusal(level, counted);
  const fits = counted !== null && error === null;
  return {
    value: counted ?? 0,
    error,
    reason: '',
    after: fits ? afterCount(level, counted) : null,
  };
}

function changeDraft(level: StockLevel, text: string, chosenReason: string | null): Draft {
  const delta = whole(text, /^[+-]?\d{1,6}$/);
  const error = text === '' ? null : refusal(level, delta);
  const fits = delta !== null && error === null;
  return {
    value: delta ?? 0,
    error,
    reason: reasonOf(chosenReason, delta),
    after: fits ? level.onHand + delta : null,
  };
}

/** Reads what was typed about a level; an empty field is no mistake yet. */
export function draftOf(
  level: StockLevel,
  { mode, change, count, reason: chosen }: StockForm,
): Draft {
  return mode === 'count' ? countDraft(level, count) : changeDraft(level, change, chosen);
}
