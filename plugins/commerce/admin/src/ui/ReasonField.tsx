import { Field, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import { useState } from 'react';

const OTHER = 'Autre…';
interface Props {
  usual: readonly string[];
  value: string;
  hint?: string;
  error?: string | undefined;
  onChange(reason: string): void;
}

/** A reason: one of the usual ones, or free text. */
export function ReasonField({ usual, value, hint, error, onChange }: Props) {
  const [own, setOwn] = useState(!usual.includes(value));
  return (
    <>
      <Field.Root
        id="reason-choice"
        required
        hint={own ? undefined : hint}
        error={own ? undefined : error}
      >
        <Field.Label>Motif</Field.Label>
        <SingleSelect
          value={own ? OTHER : value}
          onChange={(chosen) => {
            setOwn(chosen === OTHER);
            onChange(chosen === OTHER ? '' : String(chosen));
          }}
        >
          {[...usual, OTHER].map((one) => (
            <SingleSelectOption key={one} value={one}>
              {one}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      {own ? (
        <Field.Root id="reason" required hint={hint} error={error}>
          <Field.Label>Précisez le motif</Field.Label>
          <TextInput
            name="reason"
            autoComplete="off"
            autoFocus
            maxLength={200}
            value={value}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange(event.target.value)}
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      ) : null}
    </>
  );
}
