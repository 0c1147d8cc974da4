import {
  Box,
  Button,
  Flex,
  Table,
  Tbody,
  Td,
  TextButton,
  Th,
  Thead,
  Tr,
  Typography,
} from '@strapi/design-system';
import { useIsMobile } from '@strapi/strapi/admin';

import { Figure, Pill } from '../ui/elements.tsx';
import { available, STATES, type StockLevel } from './stock-level.ts';

/** What staff can open for one SKU. */
export type StockChange = 'adjust' | 'threshold' | 'history';

type LineProps = { level: StockLevel } & Omit<Props, 'levels'>;
interface Props {
  levels: readonly StockLevel[];
  canAdjust: boolean;
  onOpen(level: StockLevel, change: StockChange): void;
}

/**
 * A phone shows the product with its state, what is available and the button; the rest is for wider
 * screens.
 */
const HEADINGS = ['Produit', 'Disponible', 'État'] as const;
const PHONE_HEADINGS = ['Produit', 'Dispo'] as const;
const DETAILS = ['En stock', 'Réservé', 'À envoyer', 'Seuil', 'SKU'] as const;
/** Cells of a phone's table: Strapi's own spacing leaves no room for four columns. */
const NARROW: React.CSSProperties = {
  paddingInline: '0.8rem',
  paddingBlock: '1rem',
  whiteSpace: 'normal',
};

/** Words to press on, high enough for a finger. */
const TOUCHABLE: React.CSSProperties = { paddingBlock: '0.6rem', whiteSpace: 'nowrap' };

/** A stock state in words and colour. */
function StateBadge({ state }: Pick<StockLevel, 'state'>) {
  return <Pill tone={STATES[state].tone}>{STATES[state].text}</Pill>;
}

function Product({ level }: { level: StockLevel }) {
  return (
    <>
      <Typography fontWeight="bold" tag="div">
        {level.product ?? level.sku}
      </Typography>
      {level.label ? (
        <Typography textColor="neutral600" variant="pi" tag="div">
          {level.label}
        </Typography>
      ) : null}
    </>
  );
}

function AdjustButton({ level, onOpen }: Pick<LineProps, 'level' | 'onOpen'>) {
  return (
    <Button
      variant="tertiary"
      size="S"
      aria-label={`Ajuster le stock de ${level.sku}`}
      onClick={() => onOpen(level, 'adjust')}
    >
      Ajuster
    </Button>
  );
}
function HistoryButton({ level, onOpen }: Pick<LineProps, 'level' | 'onOpen'>) {
  return (
    <TextButton
      style={TOUCHABLE}
      aria-label={`Historique de ${level.sku}`}
      onClick={() => onOpen(level, 'history')}
    >
      Historique
    </TextButton>
  );
}
function ThresholdButton({ level, canAdjust, onOpen, word = '' }: LineProps & { word?: string }) {
  if (!canAdjust) return <Figure>{`${word}${level.lowThreshold}`}</Figure>;
  return (
    <TextButton
      style={TOUCHABLE}
      aria-label={`Changer le seuil de ${level.sku}, ${level.lowThreshold}`}
      onClick={() => onOpen(level, 'threshold')}
    >{`${word}${level.lowThreshold}`}</TextButton>
  );
}

function PhoneLine(props: LineProps) {
  const { level, canAdjust } = props;
  return (
    <Tr>
      <Td style={NARROW}>
        <Product level={level} />
        <Box paddingTop={1}>
          <StateBadge state={level.state} />
        </Box>
        <Flex gap={3} paddingTop={1}>
          <HistoryButton {...props} />
          <ThresholdButton {...props} word="Seuil " />
        </Flex>
      </Td>
      <Td style={NARROW}>
        <Figure>{available(level)}</Figure>
      </Td>
      {canAdjust ? (
        <Td style={NARROW}>
          <AdjustButton {...props} />
        </Td>
      ) : null}
    </Tr>
  );
}

function Line(props: LineProps) {
  const { level, canAdjust } = props;
  return (
    <Tr>
      <Td>
        <Product level={level} />
      </Td>
      <Td>
        <Figure>{available(level)}</Figure>
      </Td>
      <Td>
        <StateBadge state={level.state} />
      </Td>
      <Td>
        <Flex gap={4}>
          {canAdjust ? <AdjustButton {...props} /> : null}
          <HistoryButton {...props} />
        </Flex>
      </Td>
      <Td>
        <Figure>{level.onHand}</Figure>
      </Td>
      <Td>
        <Figure>{level.reserved}</Figure>
      </Td>
      <Td>
        <Figure>{level.toSend}</Figure>
      </Td>
      <Td>
        <ThresholdButton {...props} />
      </Td>
      <Td>
        <Typography textColor="neutral600" style={{ whiteSpace: 'nowrap' }}>
          {level.sku}
        </Typography>
      </Td>
    </Tr>
  );
}

function Heading({
  children,
  style,
}: {
  children: string;
  style: React.CSSProperties | undefined;
}) {
  return (
    <Th style={style}>
      <Typography variant="sigma">{children}</Typography>
    </Th>
  );
}

/** Stock of every SKU. */
export function StockTable({ levels, canAdjust, onOpen }: Props) {
  const phone = useIsMobile();
  const headings = phone
    ? [...PHONE_HEADINGS, ...(canAdjust ? ['Changer'] : [])]
    : [...HEADINGS, canAdjust ? 'Changer' : 'Suivre', ...DETAILS];
  const Row = phone ? PhoneLine : Line;
  return (
    <Box style={{ overflowX: 'auto' }}>
      <Table colCount={headings.length} rowCount={levels.length + 1}>
        <Thead>
          <Tr>
            {headings.map((heading) => (
              <Heading key={heading} style={phone ? NARROW : undefined}>
                {heading}
              </Heading>
            ))}
          </Tr>
        </Thead>
        <Tbody>
          {levels.map((level) => (
            <Row key={level.sku} level={level} canAdjust={canAdjust} onOpen={onOpen} />
          ))}
        </Tbody>
      </Table>
    </Box>
  );
}
