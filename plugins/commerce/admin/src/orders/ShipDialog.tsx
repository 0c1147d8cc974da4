import {
  Field,
  SingleSelect,
  SingleSelectOption,
  TextInput,
  Typography,
} from '@strapi/design-system';
import { useState } from 'react';

import { carrierIn, CARRIERS } from '../../../domain/carriers.ts';
import type { StaffOrder } from '../../../domain/staff-order-api.ts';
import { ActionDialog } from '../ui/ActionDialog.tsx';
import type { Problem } from '../ui/problem.ts';
import { useSay, useSend } from '../ui/use-requests.ts';
import { orderRoute } from './paths.ts';

const NONE = 'Sans suivi';
const OTHER = 'Autre transporteur…';
interface Props {
  number: string;
  /** What the parcel carries already; null without. */
  tracking: StaffOrder['tracking'];
  /** What the buyer chose; its carrier is offered first. */
  delivery: string;
  /** It has left before. */
  correcting?: boolean;
  onClose(): void;
  onDone(order: StaffOrder): void;
}

const isUsual = (carrier: string): boolean => (CARRIERS as readonly string[]).includes(carrier);
const firstChoice = ({ tracking, delivery }: Pick<Props, 'tracking' | 'delivery'>): string =>
  tracking === null
    ? (carrierIn(delivery) ?? CARRIERS[0] ?? '')
    : isUsual(tracking.carrier)
      ? tracking.carrier
      : OTHER;

/** Sends an order on its way, or corrects the number its buyer follows it by. */
export function ShipDialog({
  number,
  tracking,
  delivery,
  correcting = false,
  onClose,
  onDone,
}: Props) {
  const send = useSend();
  const say = useSay();
  const [choice, setChoice] = useState(firstChoice({ tracking, delivery }));
  const [own, setOwn] = useState(tracking && !isUsual(tracking.carrier) ? tracking.carrier : '');
  const [trackingNumber, setTrackingNumber] = useState(tracking?.number ?? '');
  const [problem, setProblem] = useState<Problem | null>(null);
  const carrier = choice === NONE ? '' : choice === OTHER ? own.trim() : choice;
  const ready = choice === NONE || (choice === OTHER ? carrier !== '' : true);

  const confirm = async (): Promise<Problem | null> => {
    const sent = await send<{ data: StaffOrder }>('post', `${orderRoute(number)}/shipment`, {
      carrier,
      trackingNumber: choice === NONE ? '' : trackingNumber.trim(),
    });
    if (!sent.ok) return sent.problem;
    say.done(
      correcting
        ? `Suivi de ${number} corrigé, le client est prévenu.`
        : `${number} est expédiée, le client est prévenu.`,
    );
    onDone(sent.data.data);
    return null;
  };

  return (
    <ActionDialog
      title={correcting ? `Corriger le suivi de ${number}` : `Expédier ${number}`}
      confirm={correcting ? 'Corriger et prévenir' : 'Expédier et prévenir'}
      ready={ready}
      fields={['carrier', 'trackingNumber']}
      onProblem={setProblem}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Field.Root
        id="carrier"
        required
        error={choice === OTHER ? undefined : problem?.fields['carrier']}
      >
        <Field.Label>Transporteur</Field.Label>
        <SingleSelect value={choice} onChange={(value) => setChoice(String(value))}>
          {[...CARRIERS, OTHER, NONE].map((one) => (
            <SingleSelectOption key={one} value={one}>
              {one}
            </SingleSelectOption>
          ))}
        </SingleSelect>
        <Field.Error />
      </Field.Root>
      {choice === OTHER ? (
        <Field.Root id="own-carrier" required error={problem?.fields['carrier']}>
          <Field.Label>Nom du transporteur</Field.Label>
          <TextInput
            name="own-carrier"
            autoComplete="off"
            autoFocus
            maxLength={100}
            value={own}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => setOwn(event.target.value)}
          />
          <Field.Error />
        </Field.Root>
      ) : null}
      {choice === NONE ? null : (
        <Field.Root
          id="tracking"
          error={problem?.fields['trackingNumber']}
          hint="Comme sur l’étiquette ; vide s’il n’y en a pas."
        >
          <Field.Label>Numéro de suivi</Field.Label>
          <TextInput
            name="tracking"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={100}
            autoFocus={choice !== OTHER}
            value={trackingNumber}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
              setTrackingNumber(event.target.value)
            }
          />
          <Field.Hint />
          <Field.Error />
        </Field.Root>
      )}
      <Typography variant="pi" textColor="neutral600">
        Le client reçoit un e-mail avec le suivi.
      </Typography>
    </ActionDialog>
  );
}
