import { useIsMobile } from '@strapi/strapi/admin';
import { Badge, Box, Button, Table, Tbody, Td, Th, Thead, Tr, Typography } from '@strapi/design-system';
import { available, STATES, type StockLevel } from './level.ts';

type LineProps = { level: StockLevel } & Omit<Props, 'levels'>;
interface Props { levels: readonly StockLevel[]; canAdjust: boolean; onAdjust(level: StockLevel): void }

/** A phone shows the product with its state, what is available and the button; the rest is for wider screens. */
const HEADINGS = ['Produit', 'Disponible', 'État'] as const;
const PHONE_HEADINGS = ['Produit', 'Dispo'] as const;
const DETAILS = ['En stock', 'Réservé', 'Seuil', 'SKU'] as const;
const TONES = { success: ['success100', 'success700'], warning: ['warning100', 'warning700'], danger: ['danger100', 'danger700'] } as const;

/** Cells of a phone's table: Strapi's own spacing leaves no room for four columns. */
const NARROW: React.CSSProperties = { paddingInline: '0.8rem', paddingBlock: '1rem', whiteSpace: 'normal' };

/** Badge of a stock state, in words and colour. */
export const StateBadge = ({ state }: Pick<StockLevel, 'state'>) => {
  const { text, tone } = STATES[state];
  const [background, color] = TONES[tone];
  return <Badge backgroundColor={background} textColor={color} style={{ whiteSpace: 'nowrap', textTransform: 'none' }}>{text}</Badge>;
};

const Count = ({ children }: { children: number }) => <Typography style={{ fontVariantNumeric: 'tabular-nums' }}>{children}</Typography>;

const Product = ({ level }: { level: StockLevel }) => (
  <>
    <Typography fontWeight="bold" tag="div">{level.product ?? level.sku}</Typography>
    {level.label ? <Typography textColor="neutral600" variant="pi" tag="div">{level.label}</Typography> : null}
  </>
);

const Adjust = ({ level, onAdjust }: { level: StockLevel } & Pick<Props, 'onAdjust'>) =>
  <Button variant="tertiary" size="S" aria-label={`Ajuster le stock de ${level.sku}`} onClick={() => onAdjust(level)}>Ajuster</Button>;

const PhoneLine = ({ level, canAdjust, onAdjust }: LineProps) => (
  <Tr>
    <Td style={NARROW}><Product level={level} /><Box paddingTop={1}><StateBadge state={level.state} /></Box></Td>
    <Td style={NARROW}><Count>{available(level)}</Count></Td>
    {canAdjust ? <Td style={NARROW}><Adjust level={level} onAdjust={onAdjust} /></Td> : null}
  </Tr>
);

const Line = ({ level, canAdjust, onAdjust }: LineProps) => (
  <Tr>
    <Td><Product level={level} /></Td>
    <Td><Count>{available(level)}</Count></Td>
    <Td><StateBadge state={level.state} /></Td>
    {canAdjust ? <Td><Adjust level={level} onAdjust={onAdjust} /></Td> : null}
    <Td><Count>{level.onHand}</Count></Td>
    <Td><Count>{level.reserved}</Count></Td>
    <Td><Count>{level.lowThreshold}</Count></Td>
    <Td><Typography textColor="neutral600" style={{ whiteSpace: 'nowrap' }}>{level.sku}</Typography></Td>
  </Tr>
);

const Heading = ({ children, style }: { children: string; style: React.CSSProperties | undefined }) => <Th style={style}><Typography variant="sigma">{children}</Typography></Th>;

/** Stock of every SKU. */
export const StockTable = ({ levels, canAdjust, onAdjust }: Props) => {
  const phone = useIsMobile();
  const action = canAdjust ? ['Changer'] : [];
  const headings = phone ? [...PHONE_HEADINGS, ...action] : [...HEADINGS, ...action, ...DETAILS];
  const Row = phone ? PhoneLine : Line;
  return (
    <Box style={{ overflowX: 'auto' }}>
      <Table colCount={headings.length} rowCount={levels.length + 1}>
        <Thead><Tr>{headings.map((heading) => <Heading key={heading} style={phone ? NARROW : undefined}>{heading}</Heading>)}</Tr></Thead>
        <Tbody>{levels.map((level) => <Row key={level.sku} level={level} canAdjust={canAdjust} onAdjust={onAdjust} />)}</Tbody>
      </Table>
    </Box>
  );
};
