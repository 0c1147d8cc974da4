import type { PromotionKind } from '@comptoir/contracts';

import { euroRefusalText, formatEuroInput, parseEuro } from '../../../../catalogue/domain/euro.ts';
import {
  type PromotionCode,
  promotionNameSchema,
  type PromotionTerms,
  promotionTermsSchema,
} from '../../../domain/staff-promotions.ts';
import { percentText } from './promotion-state.ts';

/**
 * The dialog as it is typed: percentages and euros as text, dates of the browser's zone as
 * `2026-12-01T09:00`, empty = no limit.
 */
export interface PromotionForm {
  code: string;
  kind: PromotionKind;
  value: string;
  startsAt: string;
  endsAt: string;
  minimum: string;
  usageLimit: string;
}
type Field = keyof PromotionForm;
type FormRead =
  | { ok: true; code: string; terms: PromotionTerms }
  | { ok: false; fields: Partial<Record<Field, string>> };

const two = (count: number): string => String(count).padStart(2, '0');
/** An instant in a `datetime-local` box. */
function localInput(iso: string | null): string {
  if (iso === null) return '';
  const at = new Date(iso);
  const date = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${date}T${two(at.getHours())}:${two(at.getMinutes())}`;
}

export const emptyForm: PromotionForm = {
  code: '',
  kind: 'percentage',
  value: '',
  startsAt: '',
  endsAt: '',
  minimum: '',
  usageLimit: '',
};

/** A code as its dialog shows it. */
export function formOf({
  code,
  kind,
  value,
  startsAt,
  endsAt,
  minimum,
  usageLimit,
}: PromotionCode): PromotionForm {
  const typed = {
    percentage: percentText(value),
    amount: formatEuroInput(value),
    free_shipping: '',
  }[kind];
  return {
    code,
    kind,
    value: typed,
    startsAt: localInput(startsAt),
    endsAt: localInput(endsAt),
    minimum: minimum === 0 ? '' : formatEuroInput(minimum),
    usageLimit: usageLimit === null ? '' : String(usageLimit),
  };
}

type Read<T> = { value: T } | { error: string };

/** `10`, `12,5` or `12.5 %` in basis points, without a float on the way. */
export function parsePercent(text: string): Read<number> {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim());
  if (!match) return { error: 'Écrivez un pourcentage, par exemple 10 ou 12,5.' };
  return { value: Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) };
}

function readEuro(text: string): Read<number | null> {
  const parsed = parseEuro(text);
  return parsed.ok ? { value: parsed.cents } : { error: euroRefusalText(parsed.reason) };
}

function readValue({ kind, value }: PromotionForm): Read<number> {
  if (kind === 'free_shipping') return { value: 0 };
  if (kind === 'percentage') return parsePercent(value);
  const read = readEuro(value);
  if ('error' in read) return read;
  if (read.value === null) return { error: 'Écrivez un montant, par exemple 5,00.' };
  return { value: read.value };
}

function readInstant(text: string): Read<string | null> {
  if (text === '') return { value: null };
  const at = new Date(text);
  return Number.isNaN(at.getTime())
    ? { error: 'Une date et une heure.' }
    : { value: at.toISOString() };
}

function readLimit(text: string): Read<number | null> {
  if (text.trim() === '') return { value: null };
  return /^\d{1,7}$/.test(text.trim())
    ? { value: Number(text) }
    : { error: 'Un nombre entier, ou rien.' };
}

type Fields = Partial<Record<Field, string>>;
const valueOf = <T>(part: Read<T>, instead: T): T => ('value' in part ? part.value : instead);

/**
 * The terms as the server's own schema judges them; a field that could not be read is replaced by
 * one that passes, because its message is there already.
 */
function readTerms(form: PromotionForm): {
  terms: ReturnType<typeof promotionTermsSchema.safeParse>;
  fields: Fields;
} {
  const read = {
    value: readValue(form),
    startsAt: readInstant(form.startsAt),
    endsAt: readInstant(form.endsAt),
    minimum: readEuro(form.minimum),
    usageLimit: readLimit(form.usageLimit),
  };
  const fields: Fields = {};
  for (const field of ['value', 'startsAt', 'endsAt', 'minimum', 'usageLimit'] as const) {
    const part: Read<unknown> = read[field];
    if ('error' in part) fields[field] = part.error;
  }
  const input = {
    kind: form.kind,
    value: valueOf(read.value, 1),
    startsAt: valueOf(read.startsAt, null),
    endsAt: valueOf(read.endsAt, null),
    minimum: valueOf(read.minimum, null) ?? 0,
    usageLimit: valueOf(read.usageLimit, null),
  };
  return { terms: promotionTermsSchema.safeParse(input), fields };
}

/** What the dialog sends, or a message for each field that cannot be sent. */
export function readForm(form: PromotionForm): FormRead {
  const { terms, fields } = readTerms(form);
  const code = promotionNameSchema.safeParse(form.code);
  if (!code.success) fields.code = code.error.issues[0]?.message ?? '';
  const issues = terms.success ? [] : terms.error.issues;
  for (const {
    path: [field],
    message,
  } of issues)
    fields[String(field) as Field] ??= message;
  if (!code.success || !terms.success || Object.keys(fields).length > 0)
    return { ok: false, fields };
  return { ok: true, code: code.data, terms: terms.data };
}
