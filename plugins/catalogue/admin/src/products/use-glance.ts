import { getFetchClient } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';

import type { ProductGlance } from '../../../domain/product-glance.ts';

type Waiting = (glance: ProductGlance | null) => void;
const waiting = new Map<string, Waiting[]>();

/**
 * Asks for all products requested since the last turn of the event loop at once: a page of rows is
 * one call, not one per cell.
 */
async function flush(): Promise<void> {
  const batch = new Map(waiting);
  waiting.clear();
  const ids = [...batch.keys()].join(',');
  const found = await getFetchClient()
    .get<{ data: Record<string, ProductGlance> }>(
      `/catalogue/glance?ids=${encodeURIComponent(ids)}`,
    )
    .then((answer) => answer.data.data)
    .catch((): Record<string, ProductGlance> => ({}));
  for (const [id, callbacks] of batch)
    for (const callback of callbacks) callback(found[id] ?? null);
}

function ask(documentId: string, callback: Waiting): void {
  if (waiting.size === 0) setTimeout(() => void flush(), 0);
  waiting.set(documentId, [...(waiting.get(documentId) ?? []), callback]);
}

/**
 * Picture, prices and stock of one product for the list; undefined while loading, null when
 * unknown. Read again whenever the row changes.
 */
export function useGlance(documentId: string, updatedAt: string): ProductGlance | null | undefined {
  const [glance, setGlance] = useState<ProductGlance | null | undefined>(undefined);
  useEffect(() => {
    let wanted = true;
    ask(documentId, (answer) => wanted && setGlance(answer));
    return () => {
      wanted = false;
    };
  }, [documentId, updatedAt]);
  return glance;
}
