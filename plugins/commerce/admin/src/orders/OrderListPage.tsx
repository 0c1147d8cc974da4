import { Box, EmptyStateLayout, Flex, Main, Searchbar, SearchForm } from '@strapi/design-system';
import { Layouts, Page, useDebounce } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';

import type { OrderListMeta, OrderSummary } from '../../../domain/staff-order-api.ts';
import { useMay } from '../permissions.ts';
import { Pager, Unread } from '../ui/parts.tsx';
import { useRead } from '../ui/use-requests.ts';
import { FailuresBanner } from './FailuresBanner.tsx';
import { listAddress, type ListQuery, listRequest, readListQuery } from './list-query.ts';
import { OrderFilters } from './OrderFilters.tsx';
import { OrderTable } from './OrderTable.tsx';
import { ShipDialog } from './ShipDialog.tsx';
import { useOrderSteps } from './use-order-steps.ts';

interface Answer {
  data: OrderSummary[];
  meta: OrderListMeta;
}

/** What is typed, and the address that follows it a moment later. */
function useListQuery(): {
  query: ListQuery;
  typed: string;
  setTyped(text: string): void;
  go(change: Partial<ListQuery>): void;
} {
  const [params, setParams] = useSearchParams();
  const query = readListQuery(params);
  const [typed, setTyped] = useState(query.search);
  const settled = useDebounce(typed, 300);
  const go = (change: Partial<ListQuery>): void =>
    setParams(new URLSearchParams(listAddress({ ...query, page: 1, ...change })), {
      replace: change.search !== undefined,
    });
  // Back and forward change the address: the box follows. Only a settled text makes an address, so the two never chase each other.
  useEffect(
    () => setTyped((now) => (now.trim() === query.search ? now : query.search)),
    [query.search],
  );
  useEffect(() => {
    if (settled.trim() !== query.search && settled === typed) go({ search: settled.trim() });
  }, [settled]);
  return { query, typed, setTyped, go };
}

const nothing = ({ filter, search }: ListQuery): string => {
  if (search) return `Rien ne correspond à « ${search} » ici. Essayez « Toutes ».`;
  return filter === 'todo'
    ? 'Rien à traiter : toutes les commandes payées sont parties.'
    : filter === 'all'
      ? 'Pas encore de commande. La première apparaîtra ici.'
      : 'Aucune commande dans cet état.';
};

/** Orders by state, found by number, e-mail or name; the week's next step is one click away. */
export function OrderListPage() {
  const { query, typed, setTyped, go } = useListQuery();
  const { data: answer, problem, reload } = useRead<Answer>(listRequest(query));
  const may = useMay();
  const { prepare, busy } = useOrderSteps(reload);
  const [shipping, setShipping] = useState<OrderSummary | null>(null);
  return (
    <Main aria-busy={answer === null && problem === null}>
      <Page.Title>Commandes</Page.Title>
      <Layouts.Header
        title="Commandes"
        subtitle="Celles à vérifier d’abord, puis les plus récentes."
      />
      <Layouts.Content>
        <Flex direction="column" alignItems="stretch" gap={4} paddingBottom={8}>
          <FailuresBanner canReplay={may('orders.replay')} canDismiss={may('orders.money')} />
          <OrderFilters
            chosen={query.filter}
            counts={answer?.meta.counts ?? null}
            addressOf={(filter) => listAddress({ ...query, filter, page: 1 })}
            onChoose={(filter) => go({ filter })}
          />
          <Box maxWidth="36rem" width="100%">
            <SearchForm onSubmit={(event: React.FormEvent) => event.preventDefault()}>
              <Searchbar
                name="recherche"
                placeholder="Numéro, e-mail ou nom"
                clearLabel="Effacer"
                value={typed}
                onClear={() => setTyped('')}
                onChange={(event: React.ChangeEvent<HTMLInputElement>) =>
                  setTyped(event.target.value)
                }
              >
                Chercher une commande
              </Searchbar>
            </SearchForm>
          </Box>
          {answer === null && problem === null ? <Page.Loading /> : null}
          {problem !== null ? <Unread problem={problem} retry={reload} /> : null}
          {problem === null && answer?.data.length === 0 ? (
            <EmptyStateLayout content={nothing(query)} />
          ) : null}
          {problem === null && answer && answer.data.length > 0 ? (
            <OrderTable
              orders={answer.data}
              may={may}
              busy={busy}
              onPrepare={(number) => void prepare(number)}
              onShip={setShipping}
            />
          ) : null}
          {problem === null && answer ? (
            <Pager {...answer.meta} onPage={(page) => go({ page })} />
          ) : null}
        </Flex>
        {shipping ? (
          <ShipDialog
            number={shipping.number}
            tracking={null}
            delivery={shipping.delivery}
            onClose={() => setShipping(null)}
            onDone={() => {
              setShipping(null);
              void reload();
            }}
          />
        ) : null}
      </Layouts.Content>
    </Main>
  );
}
