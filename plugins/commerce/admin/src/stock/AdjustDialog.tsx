import { useState } from 'react';
import { Field, SingleSelect, SingleSelectOption, TextInput, Typography } from '@strapi/design-system';
import { ActionDialog } from '../ui/ActionDialog.tsx';
import type { Problem } from '../ui/problem.ts';
import { nameOf, REASONS, refusal, type StockLevel } from './level.ts';
import type { Adjustment } from './use-stock.ts';

interface Props { level: StockLevel; onSave(asked: Adjustment): Promise<Problem | null>; onClose(): void }

const parsed = (text: string): number | null => (/^[+-]?\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : null);

/** Dialog that adds to or takes from one SKU's stock, with a reason that stays in the history. */
export function AdjustDialog({ level, onSave, onClose }: Props) {
  const [change, setChange] = useState('');
  const [reason, setReason] = useState<string>(REASONS[0]);
  const [request] = useState(() => crypto.randomUUID());
  const delta = parsed(change);
  const error = change === '' ? null : refusal(level, delta);
  const ready = change !== '' && error === null && delta !== null;
  return (
    <ActionDialog title={nameOf(level)} confirm="Enregistrer" ready={ready} onConfirm={() => onSave({ delta: delta ?? 0, reason, request })} onClose={onClose}>
      <Field.Root id="change" error={error ?? undefined} hint="Ce qui arrive (5) ou ce qui part (-2)." required>
        <Field.Label>Variation</Field.Label>
        <TextInput name="change" inputMode="text" autoComplete="off" autoFocus value={change} onChange={(event: React.ChangeEvent<HTMLInputElement>) => setChange(event.target.value)} />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
      <Field.Root id="reason" required>
        <Field.Label>Motif</Field.Label>
        <SingleSelect value={reason} onChange={(value) => setReason(String(value))}>
          {REASONS.map((one) => <SingleSelectOption key={one} value={one}>{one}</SingleSelectOption>)}
        </SingleSelect>
      </Field.Root>
      <Typography aria-live="polite">{ready ? `En stock : ${level.onHand} → ${level.onHand + delta}` : `En stock : ${level.onHand}`}</Typography>
    </ActionDialog>
  );
}
