import { Box, Typography } from '@strapi/design-system';
import { Image } from '@strapi/icons';

import { priceLine, stockLine } from '../../../domain/product-glance.ts';
import { useGlance } from './use-glance.ts';

/** A row of the list as the columns need it. */
interface ProductRow {
  documentId: string;
  updatedAt: string;
}
/** A column as the Content Manager's list hook carries it. */
interface Column {
  name: string;
  cellFormatter?: (row: ProductRow) => React.ReactNode;
  [key: string]: unknown;
}
export interface ListView {
  displayedHeaders: Column[];
  layout: { options?: unknown; settings?: unknown } & Record<string, unknown>;
}

const SIZE = '4.8rem';

function PictureCell({ row }: { row: ProductRow }) {
  const picture = useGlance(row.documentId, row.updatedAt)?.picture;
  return (
    <Box
      background="neutral150"
      hasRadius
      width={SIZE}
      height={SIZE}
      style={{ overflow: 'hidden', display: 'grid', placeItems: 'center' }}
    >
      {picture ? (
        <img
          src={picture.url}
          alt={picture.alt}
          width={48}
          height={48}
          loading="lazy"
          style={{ objectFit: 'cover', width: '100%', height: '100%' }}
        />
      ) : (
        <Image aria-label="Sans photo" />
      )}
    </Box>
  );
}

function PriceCell({ row }: { row: ProductRow }) {
  const glance = useGlance(row.documentId, row.updatedAt);
  if (glance === undefined) return <Typography textColor="neutral600">…</Typography>;
  const line = priceLine(glance?.prices ?? []);
  return (
    <Typography
      textColor={line === 'Sans prix' ? 'danger600' : 'neutral800'}
      style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
    >
      {line}
    </Typography>
  );
}

const STOCK_COLOURS = { in: 'neutral800', low: 'warning700', out: 'danger600' } as const;

function StockCell({ row }: { row: ProductRow }) {
  const glance = useGlance(row.documentId, row.updatedAt);
  if (glance === undefined) return <Typography textColor="neutral600">…</Typography>;
  const stock = glance?.stock ?? null;
  return (
    <Typography
      textColor={stock === null ? 'neutral600' : STOCK_COLOURS[stock.state]}
      style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}
    >
      {stockLine(stock)}
    </Typography>
  );
}

/** A column that is no attribute of the content type. */
const customColumn = (
  name: string,
  label: string,
  cell: (row: ProductRow) => React.ReactNode,
): Column => ({
  name,
  label: { id: `catalogue.list.${name}`, defaultMessage: label },
  attribute: { type: 'custom' },
  searchable: false,
  sortable: false,
  cellFormatter: cell,
});

/**
 * Whether the list on screen is the product list. The hook receives no content type, so the page's
 * address is asked.
 */
const onProductList = (): boolean =>
  window.location.pathname.includes('/collection-types/api::product.product');

/** Adds the picture before a product's name, the price and the stock after it. */
export function addProductColumns({ displayedHeaders, layout }: ListView): ListView {
  // Both languages are published together: their column would be the same on every row and push the
  // state off the screen.
  const own = displayedHeaders.filter((header) => header.name !== 'locales');
  if (!onProductList()) return { displayedHeaders: own, layout };
  const picture = customColumn('apercu', 'Photo', (row) => <PictureCell row={row} />);
  const price = customColumn('prix', 'Prix TTC', (row) => <PriceCell row={row} />);
  const stock = customColumn('stock', 'Stock', (row) => <StockCell row={row} />);
  const at = own.findIndex((header) => header.name === 'name') + 1;
  return {
    displayedHeaders: [picture, ...own.slice(0, at), price, stock, ...own.slice(at)],
    layout,
  };
}
