import { Box, Button, Flex, Link, Typography } from '@strapi/design-system';
import { Duplicate } from '@strapi/icons';
import { useClipboard } from '@strapi/strapi/admin';

import type { StaffOrder } from '../../../domain/staff-order-api.ts';
import { countryName, shortDate } from '../ui/french.ts';
import { Card } from '../ui/parts.tsx';
import { useSay } from '../ui/use-requests.ts';
import { addressLines, addressRequest, ASK_ADDRESS, mustAskAddress } from './address.ts';

const LANGUAGES = { fr: 'Écrit en français', en: 'Écrit en anglais' } as const;

/** Who bought, and how to reach them. */
export function OrderBuyer({
  order: { customerName, email, phone, locale, number, shopperUrl },
}: {
  order: StaffOrder;
}) {
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

const days = (least: number, most: number): string =>
  least === most ? `${least}` : `${least} à ${most}`;

/** Why there is no address: not yet, or nobody asks for it but staff. */
const NoAddress = ({ order }: { order: StaffOrder }) =>
  mustAskAddress(order) ? (
    <Box background="warning100" borderColor="warning200" hasRadius padding={3}>
      <Typography tag="p" fontWeight="bold" textColor="warning700">
        {ASK_ADDRESS}
      </Typography>
      <Typography tag="p" textColor="neutral800">
        {countryName(order.country)}
      </Typography>
      <Link href={addressRequest(order)}>{`Écrire à ${order.email}`}</Link>
    </Box>
  ) : (
    <Typography
      tag="p"
      textColor="neutral600"
    >{`${countryName(order.country)}. L’adresse est demandée au paiement.`}</Typography>
  );

/** Where the parcel goes and what it is followed by. */
export function OrderParcel({ order }: { order: StaffOrder }) {
  const { address, delivery, minDays, maxDays, shippedAt, tracking } = order;
  const { copy } = useClipboard();
  const say = useSay();
  const lines = address ? addressLines(address) : [];
  const copyAddress = async (): Promise<void> => {
    if (await copy(lines.join('\n'))) say.done('Adresse copiée.');
    else say.failed('L’adresse n’a pas pu être copiée : sélectionnez-la à la main.');
  };
  return (
    <Card
      title="Livraison"
      aside={
        address ? (
          <Button
            size="S"
            variant="tertiary"
            startIcon={<Duplicate />}
            onClick={() => void copyAddress()}
          >
            Copier l’adresse
          </Button>
        ) : null
      }
    >
      {address ? (
        <Box tag="address" style={{ fontStyle: 'normal' }}>
          {lines.map((line) => (
            <Typography key={line} tag="div" textColor="neutral800">
              {line}
            </Typography>
          ))}
        </Box>
      ) : (
        <NoAddress order={order} />
      )}
      <Box paddingTop={3}>
        {delivery ? (
          <Typography tag="p" fontWeight="bold" textColor="neutral800">
            {delivery}
          </Typography>
        ) : null}
        <Typography
          tag="p"
          variant="pi"
          textColor="neutral600"
        >{`Promis en ${days(minDays, maxDays)} ${maxDays < 2 ? 'jour ouvré' : 'jours ouvrés'} après le paiement`}</Typography>
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
    </Card>
  );
}
