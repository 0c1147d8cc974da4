import { useState } from 'react';
import { Box, EmptyStateLayout, Main, Searchbar, SearchForm } from '@strapi/design-system';
import { Layouts, Page, useRBAC } from '@strapi/strapi/admin';
import { AdjustDialog } from './AdjustDialog.tsx';
import { matches, type StockLevel } from './level.ts';
import { ADJUST_STOCK, READ_STOCK } from './permissions.ts';
import { StockTable } from './StockTable.tsx';
import { useStock } from './use-stock.ts';

const Stock = () => {
  const { levels, adjust } = useStock();
  const { allowedActions } = useRBAC({ adjust: [ADJUST_STOCK] });
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<StockLevel | null>(null);
  if (levels === null) return <Page.Loading />;
  const found = levels.filter((level) => matches(level, search));
  const save = async (level: StockLevel, delta: number, reason: string): Promise<void> => {
    if (await adjust(level.sku, delta, reason)) setChosen(null);
  };
  return (
    <Main>
      <Page.Title>Stock</Page.Title>
      <Layouts.Header title="Stock" subtitle="Chaque changement garde son motif et son auteur. La boutique suit en deux secondes." />
      <Layouts.Content>
        <Box paddingBottom={4} maxWidth="36rem">
          <SearchForm><Searchbar name="recherche" placeholder="Produit, coloris ou SKU" clearLabel="Effacer" value={search} onClear={() => setSearch('')} onChange={(event: React.ChangeEvent<HTMLInputElement>) => setSearch(event.target.value)}>Chercher dans le stock</Searchbar></SearchForm>
        </Box>
        {found.length === 0 ? <EmptyStateLayout content={search ? `Rien ne correspond à « ${search} ».` : 'Aucun article : il apparaît ici dès que son produit est enregistré avec un SKU.'} /> : <StockTable levels={found} canAdjust={allowedActions['canAdjust'] ?? false} onAdjust={setChosen} />}
        {chosen ? <AdjustDialog level={chosen} onClose={() => setChosen(null)} onSave={(delta, reason) => save(chosen, delta, reason)} /> : null}
      </Layouts.Content>
    </Main>
  );
};

/** The stock page, for roles that may read stock. */
export default function StockPage() {
  return (
    <Page.Protect permissions={[READ_STOCK]}>
      <Stock />
    </Page.Protect>
  );
}
