import { Field, Flex, SingleSelect, SingleSelectOption, TextInput } from '@strapi/design-system';
import { useState } from 'react';
import { PROMOTION_KINDS, type PromotionKind } from '@comptoir/contracts';

import type { PromotionCode } from '../../../domain/staff-promotions.ts';
import { ActionDialog } from '../ui/ActionDialog.tsx';
import type { Problem } from '../ui/request-problem.ts';
import { useSay, useSend } from '../ui/use-requests.ts';
import { emptyForm, formOf, type PromotionForm, readForm } from './promotion-form.ts';

const KINDS: Readonly<Record<PromotionKind, string>> = {
  percentage: 'Pourcentage',
  amount: 'Montant en euros',
  free_shipping: 'Livraison offerte',
};
const FIELDS = ['code', 'kind', 'value', 'startsAt', 'endsAt', 'minimum', 'usageLimit'] as const;
interface Props {
  /** Null makes a new one. */
  promotion: PromotionCode | null;
  onClose(): void;
  onDone(): void;
}

interface TextFieldProps {
  name: keyof PromotionForm;
  label: string;
  value: string;
  error: string | undefined;
  onChange(value: string): void;
  hint?: string;
  unit?: string;
  type?: string;
  mode?: 'decimal' | 'numeric';
  required?: boolean;
  disabled?: boolean;
  placeholder?: string;
}
function TextField({
  name,
  label,
  hint,
  unit,
  type = 'text',
  mode,
  required = false,
  disabled = false,
  placeholder,
  value,
  error,
  onChange,
}: TextFieldProps) {
  return (
    <Field.Root id={name} required={required} error={error} hint={hint} width="100%">
      <Field.Label>{label}</Field.Label>
      <TextInput
        name={name}
        type={type}
        inputMode={mode}
        autoComplete="off"
        disabled={disabled}
        placeholder={placeholder}
        endAction={unit ? <span aria-hidden="true">{unit}</span> : undefined}
        value={value}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) => onChange(event.target.value)}
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

/**
 * What is typed, and the message at each field: ours while the form cannot be sent, then the
 * server's.
 */
function usePromotionForm({ promotion, onDone }: Pick<Props, 'promotion' | 'onDone'>) {
  const send = useSend();
  const say = useSay();
  const [form, setForm] = useState<PromotionForm>(promotion ? formOf(promotion) : emptyForm);
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const set = (change: Partial<PromotionForm>): void => {
    setForm({ ...form, ...change });
    setFields((now) =>
      Object.fromEntries(Object.entries(now).filter(([field]) => !(field in change))),
    );
  };
  const confirm = async (): Promise<Problem | null> => {
    const read = readForm(form);
    if (!read.ok)
      return { status: 400, message: 'Corrigez les champs signalés.', fields: read.fields };
    const { code, terms } = read;
    const sent = await (promotion
      ? send('put', `/commerce/promotions/${encodeURIComponent(promotion.code)}`, terms)
      : send('post', '/commerce/promotions', { code, ...terms }));
    if (!sent.ok) return sent.problem;
    say.done(promotion ? `Code ${promotion.code} modifié.` : `Code ${code} créé.`);
    onDone();
    return null;
  };
  return { form, set, fields, setFields, confirm };
}

const VALUE: Readonly<
  Record<
    Exclude<PromotionKind, 'free_shipping'>,
    { label: string; unit: string; placeholder: string }
  >
> = {
  percentage: { label: 'Remise', unit: '%', placeholder: '10' },
  amount: { label: 'Remise', unit: '€', placeholder: '5,00' },
};
/** Two fields beside each other, one above the other on a phone. */
const PAIR = {
  gap: 4,
  alignItems: 'flex-start',
  direction: { initial: 'column', medium: 'row' },
} as const;

type FieldState = Pick<TextFieldProps, 'name' | 'value' | 'error' | 'onChange'>;

interface FieldsProps {
  form: PromotionForm;
  fields: Readonly<Record<string, string>>;
  set(change: Partial<PromotionForm>): void;
  fieldState(name: keyof PromotionForm): FieldState;
}

function CodeField({ fieldState, isNew }: Pick<FieldsProps, 'fieldState'> & { isNew: boolean }) {
  return (
    <TextField
      {...fieldState('code')}
      label="Code"
      required
      disabled={!isNew}
      placeholder="NOEL2026"
      hint={
        isNew
          ? 'Ce que le client tape : lettres sans accent, chiffres, - ou _.'
          : 'Un code garde son nom.'
      }
    />
  );
}

function KindField({ form, fields, set }: Omit<FieldsProps, 'fieldState'>) {
  return (
    <Field.Root
      id="kind"
      required
      error={fields['kind']}
      hint={
        form.kind === 'free_shipping' ? 'Quel que soit le mode choisi, express compris.' : undefined
      }
      width="100%"
    >
      <Field.Label>Offre</Field.Label>
      <SingleSelect
        value={form.kind}
        onChange={(chosen) => {
          const kind = PROMOTION_KINDS.find((one) => one === chosen);
          if (kind) set({ kind, value: '' });
        }}
      >
        {PROMOTION_KINDS.map((kind) => (
          <SingleSelectOption key={kind} value={kind}>
            {KINDS[kind]}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

function OfferFields(props: FieldsProps) {
  const { form, fieldState } = props;
  return (
    <Flex {...PAIR}>
      <KindField {...props} />
      {form.kind === 'free_shipping' ? null : (
        <TextField {...fieldState('value')} {...VALUE[form.kind]} mode="decimal" required />
      )}
    </Flex>
  );
}

function PeriodFields({ fieldState }: Pick<FieldsProps, 'fieldState'>) {
  return (
    <Flex {...PAIR}>
      <TextField
        {...fieldState('startsAt')}
        label="Début"
        type="datetime-local"
        hint="Vide : tout de suite."
      />
      <TextField
        {...fieldState('endsAt')}
        label="Fin"
        type="datetime-local"
        hint="Vide : jamais."
      />
    </Flex>
  );
}

function LimitFields({ fieldState }: Pick<FieldsProps, 'fieldState'>) {
  return (
    <Flex {...PAIR}>
      <TextField
        {...fieldState('minimum')}
        label="Minimum d’achat"
        unit="€"
        mode="decimal"
        placeholder="0,00"
        hint="Articles seuls, sans la livraison."
      />
      <TextField
        {...fieldState('usageLimit')}
        label="Utilisations au plus"
        mode="numeric"
        hint="Vide : sans limite."
      />
    </Flex>
  );
}

/** Makes a promotion code or changes its terms. */
export function PromotionDialog({ promotion, onClose, onDone }: Props) {
  const { form, set, fields, setFields, confirm } = usePromotionForm({ promotion, onDone });
  const fieldState = (name: keyof PromotionForm): FieldState => ({
    name,
    value: form[name],
    error: fields[name],
    onChange: (value) => set({ [name]: value }),
  });
  return (
    <ActionDialog
      title={promotion ? `Modifier ${promotion.code}` : 'Nouveau code'}
      confirm="Enregistrer"
      fields={FIELDS}
      onProblem={(problem) => setFields(problem?.fields ?? {})}
      onConfirm={confirm}
      onClose={onClose}
    >
      <CodeField fieldState={fieldState} isNew={promotion === null} />
      <OfferFields form={form} fields={fields} set={set} fieldState={fieldState} />
      <PeriodFields fieldState={fieldState} />
      <LimitFields fieldState={fieldState} />
    </ActionDialog>
  );
}
