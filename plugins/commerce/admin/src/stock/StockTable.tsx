import { Badge, Box, Button, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { available, STATES, type StockLevel } from './level.ts';

interface Props { levels: readonly StockLevel[]; canAdjust: boolean; onAdjust(level: StockLevel): void }

const HEADINGS = ['Produit', 'SKU', 'En stock', 'Réservé', 'Disponible', 'Seuil', 'État'] as const;
const TONES = { success: ['success100', 'success700'], warning: ['warning100', 'warning700'], danger: ['danger100', 'danger700'] } as const;

/** Badge of a stock state, in words and colour. */
export const StateBadge = ({ state }: Pick<StockLevel, 'state'>) => {
  const { text, tone } = STATES[state];
  const [background, color] = TONES[tone];
  return <Badge backgroundColor={background} textColor={color} style={{ whiteSpace: 'nowrap', textTransform: 'none' }}>{text}</Badge>;
};

const Line = ({ level, canAdjust, onAdjust }: { level: StockLevel } & Omit<Props, 'levels'>) => (
  <Tr>
    <Td><Typography fontWeight="bold">{level.product ?? 'Sans fiche'}</Typography>{level.label ? <Typography textColor="neutral600"> {level.label}</Typography> : null}</Td>
    <Td><Typography textColor="neutral600" style={{ whiteSpace: 'nowrap' }}>{level.sku}</Typography></Td>
    {[level.onHand, level.reserved, available(level), level.lowThreshold].map((count, column) => (
      <Td key={HEADINGS[column + 2]}><Typography style={{ fontVariantNumeric: 'tabular-nums' }}>{count}</Typography></Td>
    ))}
    <Td><StateBadge state={level.state} /></Td>
    {canAdjust ? <Td><Button variant="tertiary" size="S" aria-label={`Ajuster le stock de ${level.sku}`} onClick={() => onAdjust(level)}>Ajuster</Button></Td> : null}
  </Tr>
);

/** Stock of every SKU. */
export const StockTable = ({ levels, canAdjust, onAdjust }: Props) => (
  <Box style={{ overflowX: 'auto' }}>
    <Table colCount={HEADINGS.length + 1} rowCount={levels.length + 1}>
      <Thead>
        <Tr>
          {HEADINGS.map((heading) => <Th key={heading}><Typography variant="sigma">{heading}</Typography></Th>)}
          {canAdjust ? <Th action={null}><Typography variant="sigma">Ajuster</Typography></Th> : null}
        </Tr>
      </Thead>
      <Tbody>{levels.map((level) => <Line key={level.sku} level={level} canAdjust={canAdjust} onAdjust={onAdjust} />)}</Tbody>
    </Table>
  </Box>
);
