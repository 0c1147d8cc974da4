import {
  Box,
  Button,
  Flex,
  IconButton,
  Table,
  Tbody,
  Td,
  Th,
  Thead,
  Tr,
  Typography,
  VisuallyHidden,
} from '@strapi/design-system';
import { Pencil, Trash } from '@strapi/icons';
import { useIsDesktop } from '@strapi/strapi/admin';

import { formatEuro } from '../../../../catalogue/domain/euro.ts';
import type { PromotionCode } from '../../../domain/staff-promotions.ts';
import { Figure, Pill, RightHeading } from '../ui/elements.tsx';
import { counted } from '../ui/french-format.ts';
import { offerText, periodText, promotionState } from './promotion-state.ts';

interface Props {
  promotions: readonly PromotionCode[];
  onEdit(promotion: PromotionCode): void;
  onRemove(promotion: PromotionCode): void;
}
type RowProps = Omit<Props, 'promotions'> & { promotion: PromotionCode };

function State({ promotion }: { promotion: PromotionCode }) {
  const { text, tone } = promotionState(promotion, new Date());
  return <Pill tone={tone}>{text}</Pill>;
}
function Code({ code }: { code: string }) {
  return (
    <Typography fontWeight="bold" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
      {code}
    </Typography>
  );
}
const minimum = (cents: number): string => (cents === 0 ? '—' : formatEuro(cents));
const uses = ({ used, usageLimit }: PromotionCode): string =>
  usageLimit === null ? String(used) : `${used} / ${usageLimit}`;

function PromotionButtons({ promotion, onEdit, onRemove }: RowProps) {
  return (
    <Flex gap={1} justifyContent="flex-end">
      <IconButton
        label={`Modifier ${promotion.code}`}
        withTooltip={false}
        onClick={() => onEdit(promotion)}
      >
        <Pencil />
      </IconButton>
      {promotion.used === 0 ? (
        <IconButton
          label={`Supprimer ${promotion.code}`}
          withTooltip={false}
          onClick={() => onRemove(promotion)}
        >
          <Trash />
        </IconButton>
      ) : null}
    </Flex>
  );
}

function Row(props: RowProps) {
  const { promotion } = props;
  return (
    <Tr>
      <Td>
        <Code code={promotion.code} />
      </Td>
      <Td>
        <Typography style={{ whiteSpace: 'nowrap' }}>{offerText(promotion)}</Typography>
      </Td>
      <Td>
        <State promotion={promotion} />
      </Td>
      <Td>
        <Typography>{periodText(promotion)}</Typography>
      </Td>
      <Td style={{ textAlign: 'right' }}>
        <Figure>{minimum(promotion.minimum)}</Figure>
      </Td>
      <Td style={{ textAlign: 'right' }}>
        <Figure>{uses(promotion)}</Figure>
      </Td>
      <Td>
        <PromotionButtons {...props} />
      </Td>
    </Tr>
  );
}

function PromotionCard({ promotion, onEdit, onRemove }: RowProps) {
  return (
    <Box tag="li" background="neutral0" hasRadius shadow="tableShadow" padding={3}>
      <Flex justifyContent="space-between" alignItems="baseline" gap={2}>
        <Code code={promotion.code} />
        <Figure bold>{offerText(promotion)}</Figure>
      </Flex>
      <Typography tag="div" variant="pi" textColor="neutral600">
        {[
          periodText(promotion),
          ...(promotion.minimum > 0 ? [`dès ${formatEuro(promotion.minimum)}`] : []),
          counted(promotion.used, 'utilisation'),
        ].join(' · ')}
      </Typography>
      <Flex justifyContent="space-between" gap={2} paddingTop={2}>
        <State promotion={promotion} />
        <Flex gap={2}>
          {promotion.used === 0 ? (
            <Button
              size="S"
              variant="danger-light"
              aria-label={`Supprimer ${promotion.code}`}
              onClick={() => onRemove(promotion)}
            >
              Supprimer
            </Button>
          ) : null}
          <Button
            size="S"
            variant="tertiary"
            aria-label={`Modifier ${promotion.code}`}
            onClick={() => onEdit(promotion)}
          >
            Modifier
          </Button>
        </Flex>
      </Flex>
    </Box>
  );
}

const HEADINGS = ['Code', 'Offre', 'État', 'Dates'] as const;
const FIGURES = ['Minimum', 'Utilisations'] as const;

/**
 * Promotion codes: a table on a wide screen, cards on a phone. A code that was used can only be
 * ended.
 */
export function PromotionTable({ promotions, ...rest }: Props) {
  if (!useIsDesktop())
    return (
      <Flex tag="ul" direction="column" alignItems="stretch" gap={3} style={{ listStyle: 'none' }}>
        {promotions.map((promotion) => (
          <PromotionCard key={promotion.code} promotion={promotion} {...rest} />
        ))}
      </Flex>
    );
  return (
    <Box style={{ overflowX: 'auto' }}>
      <Table colCount={7} rowCount={promotions.length + 1}>
        <Thead>
          <Tr>
            {HEADINGS.map((text) => (
              <Th key={text}>
                <Typography variant="sigma">{text}</Typography>
              </Th>
            ))}
            {FIGURES.map((text) => (
              <Th key={text}>
                <RightHeading>{text}</RightHeading>
              </Th>
            ))}
            <Th>
              <VisuallyHidden>Changer</VisuallyHidden>
            </Th>
          </Tr>
        </Thead>
        <Tbody>
          {promotions.map((promotion) => (
            <Row key={promotion.code} promotion={promotion} {...rest} />
          ))}
        </Tbody>
      </Table>
    </Box>
  );
}
