import { Field, TextInput } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';
import { useState } from 'react';

import {
  formatEuroInput,
  parseEuro,
  priceRefusal,
  typedPrice,
  unreadablePrice,
} from '../../../domain/euro.ts';
import type { CustomInputProps } from './custom-input.ts';

/**
 * What stands in the box for a stored value: euros for cents, and what was typed for a price that
 * cannot be read.
 */
function shown(value: unknown): string {
  if (typeof value === 'number') return formatEuroInput(value);
  return typeof value === 'string' ? typedPrice(value) : '';
}

/**
 * Strapi's own message about a value that is no number. The field shows its own instead, which must
 * go when the value is mended.
 */
const isTypeError = (error: string | undefined): boolean =>
  error !== undefined && /must be a .?number/.test(error);

/**
 * Price field: the merchant types euros, the form holds cents. An unreadable price stays in the
 * form as text, so that saving is refused instead of keeping the old price silently.
 */
export default function EuroInput({
  name = '',
  label,
  hint,
  labelAction,
  required,
  disabled,
  placeholder,
}: CustomInputProps) {
  const { value, error, onChange } = useField<number | string | null>(name);
  const [draft, setDraft] = useState<string | null>(null);

  const typed = (text: string): void => {
    setDraft(text);
    const parsed = parseEuro(text);
    onChange(name, parsed.ok ? parsed.cents : unreadablePrice(text));
  };

  return (
    <Field.Root
      name={name}
      id={name}
      error={priceRefusal(value) ?? (isTypeError(error) ? undefined : error)}
      hint={hint}
      required={required}
    >
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
