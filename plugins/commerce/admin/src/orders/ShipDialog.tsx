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
import type { Problem } from '../ui/request-problem.ts';
import { useSay, useSend } from '../ui/use-requests.ts';
import { orderRoute } from './order-paths.ts';

const NONE = 'Sans suivi';
const OTHER = 'Autre transporteur…';

interface Props {
  number: string;
  /** What the parcel carries already; null without. */
  tracking: StaffOrder['tracking'];
  /** What the buyer chose; its carrier is offered first. */
  delivery: string;
  /** The parcel has left already: only its tracking changes. */
  correcting?: boolean;
  onClose(): void;
  onDone(order: StaffOrder): void;
}

/** The dialog as staff fill it in. `own`: the name of a carrier that is not in the list. */
interface Parcel {
  choice: string;
  own: string;
  trackingNumber: string;
}

const isUsual = (carrier: string): boolean => (CARRIERS as readonly string[]).includes(carrier);

function firstChoice({ tracking, delivery }: Pick<Props, 'tracking' | 'delivery'>): string {
  if (tracking === null) return carrierIn(delivery) ?? CARRIERS[0] ?? '';
  return isUsual(tracking.carrier) ? tracking.carrier : OTHER;
}

function firstParcel({ tracking, delivery }: Pick<Props, 'tracking' | 'delivery'>): Parcel {
  return {
    choice: firstChoice({ tracking, delivery }),
    own: tracking && !isUsual(tracking.carrier) ? tracking.carrier : '',
    trackingNumber: tracking?.number ?? '',
  };
}

/** The carrier's name as it is sent; empty without one. */
function carrierOf({ choice, own }: Parcel): string {
  if (choice === NONE) return '';
  return choice === OTHER ? own.trim() : choice;
}

const isReady = (parcel: Parcel): boolean => parcel.choice !== OTHER || carrierOf(parcel) !== '';

/** What is typed, what is wrong with it, and how it is sent. */
function useParcel({ number, tracking, delivery, correcting, onDone }: Props) {
  const send = useSend();
  const say = useSay();
  const [parcel, setParcel] = useState(() => firstParcel({ tracking, delivery }));
  const [problem, setProblem] = useState<Problem | null>(null);
  const change = (part: Partial<Parcel>): void => setParcel((now) => ({ ...now, ...part }));

  const confirm = async (): Promise<Problem | null> => {
    const sent = await send<{ data: StaffOrder }>('post', `${orderRoute(number)}/shipment`, {
      carrier: carrierOf(parcel),
      trackingNumber: parcel.choice === NONE ? '' : parcel.trackingNumber.trim(),
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
  return { parcel, change, problem, setProblem, confirm };
}

interface FieldProps {
  parcel: Parcel;
  error: string | undefined;
  onChange(part: Partial<Parcel>): void;
}

function CarrierField({ parcel: { choice }, error, onChange }: FieldProps) {
  return (
    <Field.Root id="carrier" required error={choice === OTHER ? undefined : error}>
      <Field.Label>Transporteur</Field.Label>
      <SingleSelect value={choice} onChange={(value) => onChange({ choice: String(value) })}>
        {[...CARRIERS, OTHER, NONE].map((one) => (
          <SingleSelectOption key={one} value={one}>
            {one}
          </SingleSelectOption>
        ))}
      </SingleSelect>
      <Field.Error />
    </Field.Root>
  );
}

function OwnCarrierField({ parcel: { own }, error, onChange }: FieldProps) {
  return (
    <Field.Root id="own-carrier" required error={error}>
      <Field.Label>Nom du transporteur</Field.Label>
      <TextInput
        name="own-carrier"
        autoComplete="off"
        autoFocus
        maxLength={100}
        value={own}
        onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
          onChange({ own: event.target.value })
        }
      />
      <Field.Error />
    </Field.Root>
  );
}

function TrackingField({ parcel: { choice, trackingNumber }, error, onChange }: FieldProps) {
  return (
    <Field.Root id="tracking" error={error} hint="Comme sur l’étiquette ; vide s’il n’y en a pas.">
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
          onChange({ trackingNumber: event.target.value })
        }
      />
      <Field.Hint />
      <Field.Error />
    </Field.Root>
  );
}

/** Sends an order on its way, or corrects the number its buyer follows it by. */
export function ShipDialog(props: Props) {
  const { number, correcting = false, onClose } = props;
  const { parcel, change, problem, setProblem, confirm } = useParcel(props);
  const field = { parcel, onChange: change };
  const carrierError = problem?.fields['carrier'];
  return (
    <ActionDialog
      title={correcting ? `Corriger le suivi de ${number}` : `Expédier ${number}`}
      confirm={correcting ? 'Corriger et prévenir' : 'Expédier et prévenir'}
      ready={isReady(parcel)}
      fields={['carrier', 'trackingNumber']}
      onProblem={setProblem}
      onConfirm={confirm}
      onClose={onClose}
    >
      <CarrierField {...field} error={carrierError} />
      {parcel.choice === OTHER ? <OwnCarrierField {...field} error={carrierError} /> : null}
      {parcel.choice === NONE ? null : (
        <TrackingField {...field} error={problem?.fields['trackingNumber']} />
      )}
      <Typography variant="pi" textColor="neutral600">
        Le client reçoit un e-mail avec le suivi.
      </Typography>
    </ActionDialog>
  );
}
