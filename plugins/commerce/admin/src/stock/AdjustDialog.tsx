import {
  Field,
  Flex,
  Radio,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { useState } from 'react';

import { ActionDialog } from '../ui/ActionDialog.tsx';
import type { Problem } from '../ui/request-problem.ts';
import { type Draft, draftOf, type StockForm } from './stock-draft.ts';
import { nameOf, reasonsFor, resultText, type StockLevel } from './stock-level.ts';
import type { Adjustment, Count } from './use-stock.ts';

interface Props {
  level: StockLevel;
  onSave(adjustment: Adjustment): Promise<Problem | null>;
  onCount(count: Count): Promise<Problem | null>;
  onClose(): void;
}
interface FieldsProps {
  level: StockLevel;
  typed: StockForm;
  draft: Draft;
  type(change: Partial<StockForm>): void;
}

function Mode({ typed, type }: Pick<FieldsProps, 'typed' | 'type'>) {
  return (
    <Radio.Group
      aria-label="Comment changer le stock"
      value={typed.mode}
      onValueChange={(mode: string) => type({ mode: mode === 'count' ? 'count' : 'change' })}
    >
      <Flex gap={4} wrap="wrap">
        <Radio.Item value="change">Ajouter ou retirer</Radio.Item>
        <Radio.Item value="count">Inventaire : saisir ce qui est compté</Radio.Item>
      </Flex>
    </Radio.Group>
  );
}

function ChangeFields({ typed, draft, type }: FieldsProps) {
  return (
    <>
      <Field.Root
        id="change"
        error={draft.error ?? undefined}
        hint="Ce qui arrive (5) ou ce qui part (-2)."
        required
      >
        <Field.Label>Variation</Field.Label>
        <TextInput
          name="change"
          inputMode="text"
          autoComplete="off"
          autoFocus
          value={typed.change}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
            type({ change: event.target.value })
          }
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      <Field.Root id="reason" required>
        <Field.Label>Motif</Field.Label>
        <SingleSelect
          placeholder="Choisissez un motif"
          value={draft.reason}
          onChange={(value) => type({ reason: String(value) })}
        >
          {reasonsFor(typed.change === '' ? null : draft.value).map((one) => (
            <SingleSelectOption key={one} value={one}>
              {one}
            </SingleSelectOption>
          ))}
        </SingleSelect>
      </Field.Root>
    </>
  );
}

function CountFields({ level: { toSend, reserved }, typed, draft, type }: FieldsProps) {
  return (
    <Field.Root
      id="count"
      error={draft.error ?? undefined}
      required
      hint={`Toutes les pièces présentes, y compris les réservées (${reserved}) et celles des commandes payées pas encore parties (${toSend}), même emballées. La boutique retire ces dernières : elles sont déjà vendues.`}
    >
      <Field.Label>Pièces comptées</Field.Label>
      <TextInput
        name="count"
        inputMode="numeric"
        autoComplete="off"
        autoFocus
        value={typed.count}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
          type({ count: event.target.value })
        }
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

/**
 * Dialog that adds to or takes from one SKU's stock, with a reason that stays in the history, or
 * makes it what was counted.
 */
export function AdjustDialog({ level, onSave, onCount, onClose }: Props) {
  const [typed, setTyped] = useState<StockForm>({
    mode: 'change',
    change: '',
    count: '',
    reason: null,
  });
  const [request] = useState(() => crypto.randomUUID());
  const draft = draftOf(level, typed);
  const counting = typed.mode === 'count';
  const type = (change: Partial<StockForm>): void => setTyped((now) => ({ ...now, ...change }));
  const save = (): Promise<Problem | null> =>
    counting
      ? onCount({ counted: draft.value, request })
      : onSave({ delta: draft.value, reason: draft.reason, request });
  const Fields = counting ? CountFields : ChangeFields;
  return (
    <ActionDialog
      title={nameOf(level)}
      confirm="Enregistrer"
      ready={draft.after !== null && (counting || draft.reason !== '')}
      onConfirm={save}
      onClose={onClose}
    >
      <Mode typed={typed} type={type} />
      <Fields level={level} typed={typed} draft={draft} type={type} />
      <Typography aria-live="polite" fontWeight="bold">
        {draft.after === null ? `En stock : ${level.onHand}` : resultText(level, draft.after)}
      </Typography>
    </ActionDialog>
  );
}
