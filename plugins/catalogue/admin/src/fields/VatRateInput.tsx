import { Field, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useField } from '@strapi/strapi/admin';

import { formatVatRate, VAT_RATES } from '../../../domain/vat-rates.ts';
import type { CustomInputProps } from './custom-input.ts';

/**
 * VAT rate field: a short list in percent; the form holds basis points. A stored rate outside the
 * list stays selectable.
 */
export default function VatRateInput({
  name = '',
  label,
  hint,
  labelAction,
  required,
  disabled,
}: CustomInputProps) {
  const { value, error, onChange } = useField<number | null>(name);
  const listed: number[] = VAT_RATES.map((rate) => rate.basisPoints);
  const rates = typeof value === 'number' && !listed.includes(value) ? [value, ...listed] : listed;

  return (
    <Field.Root name={name} id={name} error={error} hint={hint} required={required}>
      <Field.Label action={labelAction}>{label}</Field.Label>
      <SingleSelect
        disabled={disabled}
        placeholder="Choisir un taux"
        value={typeof value === 'number' ? String(value) : ''}
        onChange={(rate) => onChange(name, Number(rate))}
      >
        {rates.map((rate) => (
          <SingleSelectOption key={rate} value={String(rate)}>
            {formatVatRate(rate)}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}
