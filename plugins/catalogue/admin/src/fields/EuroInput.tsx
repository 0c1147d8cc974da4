import { useState } from 'react';
import { useField } from '@strapi/strapi/admin';
import { Field, TextInput } from '@strapi/design-system';
import { euroRefusalText, formatEuroInput, parseEuro } from '../../../domain/euro.ts';
import type { CustomInputProps } from './custom-input.ts';

/** What stands in the box for a stored value: euros for cents, and what was typed for a price that cannot be read. */
const shown = (value: unknown): string => (typeof value === 'number' ? formatEuroInput(value) : typeof value === 'string' ? value : '');

/** Why this form value is not a price, in French; undefined when it is one (or empty). */
function refusal(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const parsed = parseEuro(value);
  return parsed.ok ? undefined : euroRefusalText(parsed.reason);
}

/**
 * Price field: the merchant types euros, the form holds cents.
 * An unreadable price stays in the form as text, so that saving is refused instead of keeping the old price silently.
 */
export default function EuroInput({ name = '', label, hint, labelAction, required, disabled, placeholder }: CustomInputProps) {
  const { value, error, onChange } = useField<number | string | null>(name);
  const [draft, setDraft] = useState<string | null>(null);

  const typed = (text: string): void => {
    setDraft(text);
    const parsed = parseEuro(text);
    onChange(name, parsed.ok ? parsed.cents : text);
  };

  return (
    <Field.Root name={name} id={name} error={refusal(value) ?? error} hint={hint} required={required}>
      <Field.Label action={labelAction}>{label}</Field.Label>
      <TextInput
        name={name}
        inputMode="decimal"
        autoComplete="off"
        disabled={disabled}
        placeholder={placeholder || '28,00'}
        endAction={<span aria-hidden="true">€</span>}
        value={draft ?? shown(value)}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) => typed(event.target.value)}
        onBlur={() => setDraft(null)}
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
