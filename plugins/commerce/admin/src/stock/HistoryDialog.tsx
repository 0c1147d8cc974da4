import { Box, Flex, Link, Modal, Typography } from '@strapi/design-system';
import { Page } from '@strapi/strapi/admin';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';

import type { StockHistoryRow } from '../../../domain/staff-stock.ts';
import { orderPage } from '../orders/order-paths.ts';
import { Figure, Pager, ReadFailure } from '../ui/elements.tsx';
import { shortDate } from '../ui/french-format.ts';
import { useRead } from '../ui/use-requests.ts';
import { useMay } from '../use-may.ts';
import { changeText, nameOf, type StockLevel } from './stock-level.ts';
import { stockRoute } from './use-stock.ts';

interface Answer {
  data: StockHistoryRow[];
  meta: { page: number; pageSize: number; total: number };
}

function Row({ row, linked }: { row: StockHistoryRow; linked: boolean }) {
  return (
    <Flex
      tag="li"
      justifyContent="space-between"
      alignItems="flex-start"
      gap={4}
      paddingTop={2}
      paddingBottom={2}
      borderColor="neutral150"
      borderWidth="0 0 1px 0"
      borderStyle="solid"
    >
      <Box style={{ minWidth: 0 }}>
        <Typography tag="div" textColor="neutral800" style={{ overflowWrap: 'anywhere' }}>
          {row.reason}
          {row.orderNumber ? (
            <>
              {' '}
              {linked ? (
                <Link tag={RouterLink} to={orderPage(row.orderNumber)}>
                  {row.orderNumber}
                </Link>
              ) : (
                row.orderNumber
              )}
            </>
          ) : null}
        </Typography>
        <Typography
          tag="div"
          variant="pi"
          textColor="neutral600"
          style={{ overflowWrap: 'anywhere' }}
        >{`${shortDate(row.at)} · ${row.actor}`}</Typography>
      </Box>
      <Figure>{changeText(row)}</Figure>
    </Flex>
  );
}

/** Every change of one SKU's stock, newest first. */
export function HistoryDialog({ level, onClose }: { level: StockLevel; onClose(): void }) {
  const [page, setPage] = useState(1);
  const { data, problem, reload } = useRead<Answer>(
    `${stockRoute(level.sku)}/movements?page=${page}`,
  );
  const linked = useMay()('orders.read');
  return (
    <Modal.Root open onOpenChange={(open: boolean) => !open && onClose()}>
      <Modal.Content>
        <Modal.Header closeLabel="Fermer">
          <Modal.Title>{`Historique : ${nameOf(level)}`}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          {data === null && problem === null ? <Page.Loading /> : null}
          {data === null && problem !== null ? (
            <ReadFailure problem={problem} retry={reload} />
          ) : null}
          {data?.data.length === 0 ? (
            <Typography>Ce stock n’a encore jamais changé.</Typography>
          ) : null}
          <ul style={{ listStyle: 'none' }}>
            {data?.data.map((row, index) => (
              <Row key={`${row.at} ${index}`} row={row} linked={linked} />
            ))}
          </ul>
          {data ? <Pager {...data.meta} onPage={setPage} /> : null}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
