import { Box, EmptyStateLayout, Flex, Main, Searchbar, SearchForm } from '@strapi/design-system';
import { Layouts, Page, useDebounce } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';

import type { OrderListMeta, OrderSummary } from '../../../domain/staff-order-api.ts';
import { Pager, ReadFailure } from '../ui/elements.tsx';
import { useRead } from '../ui/use-requests.ts';
import { useMay } from '../use-may.ts';
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
  navigate(change: Partial<ListQuery>): void;
} {
  const [params, setParams] = useSearchParams();
  const query = readListQuery(params);
  const [typed, setTyped] = useState(query.search);
  const settled = useDebounce(typed, 300);
  const navigate = (change: Partial<ListQuery>): void =>
    setParams(new URLSearchParams(listAddress({ ...query, page: 1, ...change })), {
      replace: change.search !== undefined,
    });
  // Back and forward change the address, and the box follows it. The address follows the box only
  // when typing has paused, so neither overwrites the other.
  useEffect(
    () => setTyped((now) => (now.trim() === query.search ? now : query.search)),
    [query.search],
  );
  useEffect(() => {
    if (settled.trim() !== query.search && settled === typed) navigate({ search: settled.trim() });
  }, [settled]);
  return { query, typed, setTyped, navigate };
}

const EMPTY_TEXTS: Readonly<Partial<Record<ListQuery['filter'], string>>> = {
  todo: 'Rien à traiter : toutes les commandes payées sont parties.',
  all: 'Pas encore de commande. La première apparaîtra ici.',
};

function emptyText({ filter, search }: ListQuery): string {
  if (search) return `Rien ne correspond à « ${search} » ici. Essayez « Toutes ».`;
  return EMPTY_TEXTS[filter] ?? 'Aucune commande dans cet état.';
}

function OrderSearch({ typed, setTyped }: { typed: string; setTyped(text: string): void }) {
  return (
    <Box maxWidth="36rem" width="100%">
      <SearchForm onSubmit={(event: React.FormEvent) => event.preventDefault()}>
        <Searchbar
          name="recherche"
          placeholder="Numéro, e-mail ou nom"
          clearLabel="Effacer"
          value={typed}
          onClear={() => setTyped('')}
          onChange={(event: React.ChangeEvent<HTMLInputElement>) => setTyped(event.target.value)}
        >
          Chercher une commande
        </Searchbar>
      </SearchForm>
    </Box>
  );
}

interface FoundProps {
  answer: Answer;
  query: ListQuery;
  may: ReturnType<typeof useMay>;
  busy: string | null;
  onPrepare(number: string): void;
  onShip(order: OrderSummary): void;
  onPage(page: number): void;
}

/** The orders that were found, each with its next step, or why there are none. */
function FoundOrders({ answer, query, onPage, ...rest }: FoundProps) {
  return (
    <>
      {answer.data.length === 0 ? (
        <EmptyStateLayout content={emptyText(query)} />
      ) : (
        <OrderTable orders={answer.data} {...rest} />
      )}
      <Pager {...answer.meta} onPage={onPage} />
    </>
  );
}

interface ShipmentProps {
  order: OrderSummary | null;
  onClose(): void;
  onShipped(): Promise<void>;
}

/** The dialog that sends an order of the list, which has no tracking yet; null shows none. */
function FirstShipment({ order, onClose, onShipped }: ShipmentProps) {
  if (order === null) return null;
  return (
    <ShipDialog
      number={order.number}
      tracking={null}
      delivery={order.delivery}
      onClose={onClose}
      onDone={() => {
        onClose();
        void onShipped();
      }}
    />
  );
}

/** Orders by state, found by number, e-mail or name; the week's next step is one click away. */
export function OrderListPage() {
  const { query, typed, setTyped, navigate } = useListQuery();
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
            onChoose={(filter) => navigate({ filter })}
          />
          <OrderSearch typed={typed} setTyped={setTyped} />
          {answer === null && problem === null ? <Page.Loading /> : null}
          {problem !== null ? <ReadFailure problem={problem} retry={reload} /> : null}
          {problem === null && answer ? (
            <FoundOrders
              answer={answer}
              query={query}
              may={may}
              busy={busy}
              onPrepare={(number) => void prepare(number)}
              onShip={setShipping}
              onPage={(page) => navigate({ page })}
            />
          ) : null}
        </Flex>
        <FirstShipment order={shipping} onClose={() => setShipping(null)} onShipped={reload} />
      </Layouts.Content>
    </Main>
  );
}
