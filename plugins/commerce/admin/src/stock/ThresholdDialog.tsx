import { Field, TextInput } from '@strapi/design-system';
import { useState } from 'react';

import { ActionDialog } from '../ui/ActionDialog.tsx';
import type { Problem } from '../ui/request-problem.ts';
import { nameOf, parseThreshold, type StockLevel } from './stock-level.ts';

interface Props {
  level: StockLevel;
  onSave(lowThreshold: number): Promise<Problem | null>;
  onClose(): void;
}

/** Dialog that sets from how many pieces down one SKU is called soon gone. */
export function ThresholdDialog({ level, onSave, onClose }: Props) {
  const [text, setText] = useState(String(level.lowThreshold));
  const [problem, setProblem] = useState<Problem | null>(null);
  const threshold = parseThreshold(text);
  const error =
    threshold === null ? 'Un nombre entier de 0 à 10 000.' : problem?.fields['lowThreshold'];
  return (
    <ActionDialog
      title={nameOf(level)}
      confirm="Enregistrer"
      ready={threshold !== null}
      fields={['lowThreshold']}
      onProblem={setProblem}
      onConfirm={() => onSave(threshold ?? 0)}
      onClose={onClose}
    >
      <Field.Root
        id="threshold"
        required
        error={error}
        hint="À partir de ce nombre, la boutique dit « bientôt épuisé » et l’équipe reçoit un e-mail."
      >
        <Field.Label>Seuil de stock bas</Field.Label>
        <TextInput
          name="threshold"
          inputMode="numeric"
          autoComplete="off"
          autoFocus
          value={text}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) => setText(event.target.value)}
        />
        <Field.Hint />
        <Field.Error />
      </Field.Root>
    </ActionDialog>
  );
}
