import { Typography } from '@strapi/design-system';

import { ledgerWord } from '../../../domain/reasons.ts';

interface Movement {
  reason?: string;
  actor?: string;
}
interface Column {
  name: string;
  cellFormatter?: (row: Movement) => React.ReactNode;
  [key: string]: unknown;
}
interface ListView {
  displayedHeaders: Column[];
  layout: Record<string, unknown>;
}

function Words({ stored }: { stored: string | undefined }) {
  return <Typography textColor="neutral800">{ledgerWord(stored ?? '')}</Typography>;
}
const onMovements = (): boolean =>
  window.location.pathname.includes('/collection-types/plugin::commerce.stock-movement');

/**
 * Shows reason and author of a movement in French; the ledger keeps their codes. The hook receives
 * no content type, so the page's address is asked.
 */
export function showMovementsInWords({ displayedHeaders, layout }: ListView): ListView {
  if (!onMovements()) return { displayedHeaders, layout };
  const worded = displayedHeaders.map((column): Column => {
    if (column.name === 'reason')
      return { ...column, cellFormatter: ({ reason }) => <Words stored={reason} /> };
    return column.name === 'actor'
      ? { ...column, cellFormatter: ({ actor }) => <Words stored={actor} /> }
      : column;
  });
  return { displayedHeaders: worded, layout };
}
