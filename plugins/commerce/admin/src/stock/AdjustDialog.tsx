import { useState } from 'react';
import { Button, Field, Flex, Modal, SingleSelect, SingleSelectOption, TextInput, Typography } from '@strapi/design-system';
import { REASONS, refusal, type StockLevel } from './level.ts';

interface Props { level: StockLevel; onSave(delta: number, reason: string): Promise<void>; onClose(): void }

const parsed = (text: string): number | null => (/^[+-]?\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : null);

/** Dialog that adds to or takes from one SKU's stock, with a reason that stays in the history. */
export function AdjustDialog({ level, onSave, onClose }: Props) {
  const [change, setChange] = useState('');
  const [reason, setReason] = useState<string>(REASONS[0]);
  const [busy, setBusy] = useState(false);
  const delta = parsed(change);
  const error = change === '' ? null : refusal(level, delta);
  const ready = change !== '' && error === null && delta !== null;

  const save = async (): Promise<void> => {
    if (!ready) return;
    setBusy(true);
    await onSave(delta, reason).finally(() => setBusy(false));
  };

  return (
    <Modal.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Modal.Content>
        <Modal.Header closeLabel="Fermer">
          <Modal.Title>{[level.product ?? level.sku, level.label].filter(Boolean).join(' — ')}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <Flex direction="column" alignItems="stretch" gap={4}>
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
          </Flex>
        </Modal.Body>
        <Modal.Footer>
          <Button variant="tertiary" onClick={onClose}>Annuler</Button>
          <Button onClick={() => void save()} loading={busy} disabled={!ready}>Enregistrer</Button>
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
}
