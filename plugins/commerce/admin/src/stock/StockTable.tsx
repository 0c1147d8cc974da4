import { Badge, Box, Button, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { available, STATES, type StockLevel } from './level.ts';

interface Props { levels: readonly StockLevel[]; canAdjust: boolean; onAdjust(level: StockLevel): void }

/** What a phone shows without scrolling comes first. */
const HEADINGS = ['Produit', 'Disponible', 'État'] as const;
const DETAILS = ['En stock', 'Réservé', 'Seuil', 'SKU'] as const;
const TONES = { success: ['success100', 'success700'], warning: ['warning100', 'warning700'], danger: ['danger100', 'danger700'] } as const;

/** Badge of a stock state, in words and colour. */
export const StateBadge = ({ state }: Pick<StockLevel, 'state'>) => {
  const { text, tone } = STATES[state];
  const [background, color] = TONES[tone];
  return <Badge backgroundColor={background} textColor={color} style={{ whiteSpace: 'nowrap', textTransform: 'none' }}>{text}</Badge>;
};

const Count = ({ children }: { children: number }) => <Typography style={{ fontVariantNumeric: 'tabular-nums' }}>{children}</Typography>;

const Line = ({ level, canAdjust, onAdjust }: { level: StockLevel } & Omit<Props, 'levels'>) => (
  <Tr>
    <Td>
      <Typography fontWeight="bold" tag="div">{level.product ?? 'Sans fiche'}</Typography>
      {level.label ? <Typography textColor="neutral600" variant="pi">{level.label}</Typography> : null}
    </Td>
    <Td><Count>{available(level)}</Count></Td>
    <Td><StateBadge state={level.state} /></Td>
    {canAdjust ? <Td><Button variant="tertiary" size="S" aria-label={`Ajuster le stock de ${level.sku}`} onClick={() => onAdjust(level)}>Ajuster</Button></Td> : null}
    <Td><Count>{level.onHand}</Count></Td>
    <Td><Count>{level.reserved}</Count></Td>
    <Td><Count>{level.lowThreshold}</Count></Td>
    <Td><Typography textColor="neutral600" style={{ whiteSpace: 'nowrap' }}>{level.sku}</Typography></Td>
  </Tr>
);

const Heading = ({ children }: { children: string }) => <Th><Typography variant="sigma">{children}</Typography></Th>;

/** Stock of every SKU. */
export const StockTable = ({ levels, canAdjust, onAdjust }: Props) => {
  const headings = [...HEADINGS, ...(canAdjust ? ['Changer'] : []), ...DETAILS];
  return (
    <Box style={{ overflowX: 'auto' }}>
      <Table colCount={headings.length} rowCount={levels.length + 1}>
        <Thead><Tr>{headings.map((heading) => <Heading key={heading}>{heading}</Heading>)}</Tr></Thead>
        <Tbody>{levels.map((level) => <Line key={level.sku} level={level} canAdjust={canAdjust} onAdjust={onAdjust} />)}</Tbody>
      </Table>
    </Box>
  );
};
