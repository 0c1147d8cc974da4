import {
  Box,
  Checkbox,
  EmptyStateLayout,
  Flex,
  Main,
  Searchbar,
  SearchForm,
} from '@strapi/design-system';
import { Layouts, Page } from '@strapi/strapi/admin';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';

import { permissionOf } from '../../../domain/staff-permissions.ts';
import { ReadFailure } from '../ui/elements.tsx';
import type { Problem } from '../ui/request-problem.ts';
import { useMay } from '../use-may.ts';
import { AdjustDialog } from './AdjustDialog.tsx';
import { HistoryDialog } from './HistoryDialog.tsx';
import { isLow, matches, type StockLevel } from './stock-level.ts';
import { type StockChange, StockTable } from './StockTable.tsx';
import { ThresholdDialog } from './ThresholdDialog.tsx';
import { type Stock, useStock } from './use-stock.ts';

/** Address of the page with only what runs low. */
const LOW = 'low';

function emptyText(search: string, low: boolean): string {
  if (search) return `Rien ne correspond à « ${search} ».`;
  return low
    ? 'Aucun stock bas : rien à réapprovisionner.'
    : 'Aucun article : il apparaît ici dès que son produit est enregistré avec un SKU.';
}

interface FiltersProps {
  search: string;
  low: boolean;
  onSearch(text: string): void;
  onLow(low: boolean): void;
}

function StockFilters({ search, low, onSearch, onLow }: FiltersProps) {
  return (
    <Flex gap={4} wrap="wrap" paddingBottom={4}>
      <Box maxWidth="36rem" grow={1}>
        <SearchForm>
          <Searchbar
            name="recherche"
            placeholder="Produit, coloris ou SKU"
            clearLabel="Effacer"
            value={search}
            onClear={() => onSearch('')}
            onChange={(event: React.ChangeEvent<HTMLInputElement>) => onSearch(event.target.value)}
          >
            Chercher dans le stock
          </Searchbar>
        </SearchForm>
      </Box>
      <Checkbox checked={low} onCheckedChange={(checked) => onLow(checked === true)}>
        Stock bas seulement
      </Checkbox>
    </Flex>
  );
}

interface OpenDialog {
  level: StockLevel;
  change: StockChange;
}
interface DialogProps {
  open: OpenDialog;
  stock: Pick<Stock, 'adjust' | 'count' | 'setThreshold'>;
  onClose(): void;
}

/** The dialog that is open for one SKU; it closes when what it asked for is done. */
function StockDialog({ open: { level, change }, stock, onClose }: DialogProps) {
  const closeIfDone = (problem: Problem | null): Problem | null => {
    if (problem === null) onClose();
    return problem;
  };
  if (change === 'adjust')
    return (
      <AdjustDialog
        level={level}
        onClose={onClose}
        onSave={async (adjustment) => closeIfDone(await stock.adjust(level.sku, adjustment))}
        onCount={async (counted) => closeIfDone(await stock.count(level.sku, counted))}
      />
    );
  if (change === 'threshold')
    return (
      <ThresholdDialog
        level={level}
        onClose={onClose}
        onSave={async (pieces) => closeIfDone(await stock.setThreshold(level.sku, pieces))}
      />
    );
  return <HistoryDialog level={level} onClose={onClose} />;
}

/** Stock that could be read: what matches, and the dialog that is open for one SKU. */
function StockLevels({ levels, stock }: { levels: readonly StockLevel[]; stock: Stock }) {
  const may = useMay();
  const [params, setParams] = useSearchParams();
  const low = params.get('filter') === LOW;
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const found = levels.filter((level) => matches(level, search) && (!low || isLow(level)));
  return (
    <Main>
      <Page.Title>Stock</Page.Title>
      <Layouts.Header
        title="Stock"
        subtitle="Chaque changement garde son motif et son auteur. La boutique suit en deux secondes."
      />
      <Layouts.Content>
        <StockFilters
          search={search}
          low={low}
          onSearch={setSearch}
          onLow={(only) => setParams(only ? { filter: LOW } : {}, { replace: true })}
        />
        {found.length === 0 ? (
          <EmptyStateLayout content={emptyText(search, low)} />
        ) : (
          <StockTable
            levels={found}
            canAdjust={may('stock.adjust')}
            onOpen={(level, change) => setOpen({ level, change })}
          />
        )}
        {open ? <StockDialog open={open} stock={stock} onClose={() => setOpen(null)} /> : null}
      </Layouts.Content>
    </Main>
  );
}

function StockContent() {
  const stock = useStock();
  const { levels, problem, reload } = stock;
  if (levels !== null) return <StockLevels levels={levels} stock={stock} />;
  if (problem === null) return <Page.Loading />;
  return (
    <Main>
      <Layouts.Content>
        <ReadFailure problem={problem} retry={reload} />
      </Layouts.Content>
    </Main>
  );
}

/** The stock page, for roles that may read stock. */
export default function StockPage() {
  return (
    <Page.Protect permissions={[permissionOf('stock.read')]}>
      <StockContent />
    </Page.Protect>
  );
}
