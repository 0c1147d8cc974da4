import { Box, Button, Flex, Link, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useClipboard } from '@strapi/strapi/admin';

import type { StaffOrder } from '../../../domain/staff-order-api.ts';
import { Card } from '../ui/elements.tsx';
import { countryName, shortDate } from '../ui/french-format.ts';
import { useSay } from '../ui/use-requests.ts';
import { addressLines, addressRequest, ASK_ADDRESS, mustAskAddress } from './address.ts';

interface OrderProps {
  order: StaffOrder;
}

const LANGUAGES = { fr: 'Écrit en français', en: 'Écrit en anglais' } as const;

/** Who bought, and how to reach them. */
export function OrderBuyer({
  order: { customerName, email, phone, locale, number, shopperUrl },
}: OrderProps) {
  return (
    <Card title="Client">
      <Flex direction="column" alignItems="flex-start" gap={1}>
        {customerName ? (
          <Typography fontWeight="bold" textColor="neutral800">
            {customerName}
          </Typography>
        ) : null}
        <Box style={{ overflowWrap: 'anywhere' }}>
          <Link href={`mailto:${email}?subject=${encodeURIComponent(number)}`}>{email}</Link>
        </Box>
        {phone ? <Link href={`tel:${phone.replace(/\s/g, '')}`}>{phone}</Link> : null}
        <Typography variant="pi" textColor="neutral600">
          {LANGUAGES[locale]}
        </Typography>
        <Box paddingTop={2}>
          <Link href={shopperUrl} isExternal>
            Sa page de commande
          </Link>
        </Box>
      </Flex>
    </Card>
  );
}

function workingDays(least: number, most: number): string {
  const days = least === most ? `${least}` : `${least} à ${most}`;
  return `${days} ${most < 2 ? 'jour ouvré' : 'jours ouvrés'}`;
}

/** Why there is no address: the payment page will ask for it, or staff must. */
function NoAddress({ order }: OrderProps) {
  if (!mustAskAddress(order))
    return (
      <Typography
        tag="p"
        textColor="neutral600"
      >{`${countryName(order.country)}. L’adresse est demandée au paiement.`}</Typography>
    );
  return (
    <Box background="warning100" borderColor="warning200" hasRadius padding={3}>
      <Typography tag="p" fontWeight="bold" textColor="warning700">
        {ASK_ADDRESS}
      </Typography>
      <Typography tag="p" textColor="neutral800">
        {countryName(order.country)}
      </Typography>
      <Link href={addressRequest(order)}>{`Écrire à ${order.email}`}</Link>
    </Box>
  );
}

function CopyAddress({ lines }: { lines: readonly string[] }) {
  const { copy } = useClipboard();
  const say = useSay();
  const copyAddress = async (): Promise<void> => {
    if (await copy(lines.join('\n'))) say.done('Adresse copiée.');
    else say.failed('L’adresse n’a pas pu être copiée : sélectionnez-la à la main.');
  };
  return (
    <Button
      size="S"
      variant="tertiary"
      startIcon={<Duplicate />}
      onClick={() => void copyAddress()}
    >
      Copier l’adresse
    </Button>
  );
}

function Address({ lines }: { lines: readonly string[] }) {
  return (
    <Box tag="address" style={{ fontStyle: 'normal' }}>
      {lines.map((line) => (
        <Typography key={line} tag="div" textColor="neutral800">
          {line}
        </Typography>
      ))}
    </Box>
  );
}

/** How the parcel is sent, what was promised, and what became of it. */
function Delivery({ order: { delivery, minDays, maxDays, shippedAt, tracking } }: OrderProps) {
  return (
    <Box paddingTop={3}>
      {delivery ? (
        <Typography tag="p" fontWeight="bold" textColor="neutral800">
          {delivery}
        </Typography>
      ) : null}
      <Typography tag="p" variant="pi" textColor="neutral600">
        {`Promis en ${workingDays(minDays, maxDays)} après le paiement`}
      </Typography>
      {shippedAt ? (
        <Typography
          tag="p"
          textColor="neutral800"
        >{`Expédiée le ${shortDate(shippedAt)}`}</Typography>
      ) : null}
      {tracking ? (
        <Typography tag="p" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
          {[tracking.carrier, tracking.number].filter(Boolean).join(' · ')}
        </Typography>
      ) : null}
    </Box>
  );
}

/** Where the parcel goes and what it is followed by. */
export function OrderParcel({ order }: OrderProps) {
  const lines = order.address ? addressLines(order.address) : null;
  return (
    <Card title="Livraison" aside={lines ? <CopyAddress lines={lines} /> : null}>
      {lines ? <Address lines={lines} /> : <NoAddress order={order} />}
      <Delivery order={order} />
    </Card>
  );
}
