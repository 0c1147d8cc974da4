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
import { useMay } from '../permissions.ts';
import { Unread } from '../ui/parts.tsx';
import { AdjustDialog } from './AdjustDialog.tsx';
import { HistoryDialog } from './HistoryDialog.tsx';
import { isLow, matches, type StockLevel } from './level.ts';
import { type StockChange, StockTable } from './StockTable.tsx';
import { ThresholdDialog } from './ThresholdDialog.tsx';
import { useStock } from './use-stock.ts';

/** Address of the page with only what runs low. */
export const LOW = 'low';

const nothing = (search: string, low: boolean): string => {
  if (search) return `Rien ne correspond à « ${search} ».`;
  return low
    ? 'Aucun stock bas : rien à réapprovisionner.'
    : 'Aucun article : il apparaît ici dès que son produit est enregistré avec un SKU.';
};

const Stock = () => {
  const { levels, problem, reload, adjust, count, setThreshold } = useStock();
  const may = useMay();
  const [params, setParams] = useSearchParams();
  const low = params.get('filter') === LOW;
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState<{ level: StockLevel; change: StockChange } | null>(null);
  if (levels === null)
    return problem === null ? (
      <Page.Loading />
    ) : (
      <Main>
        <Layouts.Content>
          <Unread problem={problem} retry={reload} />
        </Layouts.Content>
      </Main>
    );
  const found = levels.filter((level) => matches(level, search) && (!low || isLow(level)));
  const close = (): void => setOpen(null);
  const closing = <T,>(done: T | null): T | null => {
    if (done === null) close();
    return done;
  };
  return (
    <Main>
      <Page.Title>Stock</Page.Title>
      <Layouts.Header
        title="Stock"
        subtitle="Chaque changement garde son motif et son auteur. La boutique suit en deux secondes."
      />
      <Layouts.Content>
        <Flex gap={4} wrap="wrap" paddingBottom={4}>
          <Box maxWidth="36rem" grow={1}>
            <SearchForm>
              <Searchbar
                name="recherche"
                placeholder="Produit, coloris ou SKU"
                clearLabel="Effacer"
                value={search}
                onClear={() => setSearch('')}
                onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
                  setSearch(event.target.value)
                }
              >
                Chercher dans le stock
              </Searchbar>
            </SearchForm>
          </Box>
          <Checkbox
            checked={low}
            onCheckedChange={(checked) =>
              setParams(checked === true ? { filter: LOW } : {}, { replace: true })
            }
          >
            Stock bas seulement
          </Checkbox>
        </Flex>
        {found.length === 0 ? (
          <EmptyStateLayout content={nothing(search, low)} />
        ) : (
          <StockTable
            levels={found}
            canAdjust={may('stock.adjust')}
            onOpen={(level, change) => setOpen({ level, change })}
          />
        )}
        {open?.change === 'adjust' ? (
          <AdjustDialog
            level={open.level}
            onClose={close}
            onSave={async (asked) => closing(await adjust(open.level.sku, asked))}
            onCount={async (asked) => closing(await count(open.level.sku, asked))}
          />
        ) : null}
        {open?.change === 'threshold' ? (
          <ThresholdDialog
            level={open.level}
            onClose={close}
            onSave={async (pieces) => closing(await setThreshold(open.level.sku, pieces))}
          />
        ) : null}
        {open?.change === 'history' ? <HistoryDialog level={open.level} onClose={close} /> : null}
      </Layouts.Content>
    </Main>
  );
};

/** The stock page, for roles that may read stock. */
export default function StockPage() {
  return (
    <Page.Protect permissions={[permissionOf('stock.read')]}>
      <Stock />
    </Page.Protect>
  );
}
