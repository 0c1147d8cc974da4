import { getFetchClient } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';

import type { Today } from '../../../domain/staff-order-api.ts';

/** The widgets of one home page share one request; its answer is not kept for the next page. */
let pending: Promise<Today> | null = null;
function fetchToday(): Promise<Today> {
  pending ??= getFetchClient()
    .get<{ data: Today }>('/commerce/today')
    .then(({ data }) => data.data)
    .finally(() => {
      pending = null;
    });
  return pending;
}

/** The day's figures; null while loading, `failed` when they could not be read. */
export function useToday(): Today | 'failed' | null {
  const [today, setToday] = useState<Today | 'failed' | null>(null);
  useEffect(() => {
    let mounted = true;
    fetchToday().then(
      (answer) => mounted && setToday(answer),
      () => mounted && setToday('failed'),
    );
    return () => {
      mounted = false;
    };
  }, []);
  return today;
}
