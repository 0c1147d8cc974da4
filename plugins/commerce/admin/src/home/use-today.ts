import { getFetchClient } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';

import type { Today } from '../../../domain/staff-order-api.ts';

/** The widgets of one home page ask together: one request, whose answer is not kept for the next page. */
let asked: Promise<Today> | null = null;
function ask(): Promise<Today> {
  asked ??= getFetchClient()
    .get<{ data: Today }>('/commerce/today')
    .then(({ data }) => data.data)
    .finally(() => {
      asked = null;
    });
  return asked;
}

/** The day's figures; null while loading, `failed` when they could not be read. */
export function useToday(): Today | 'failed' | null {
  const [today, setToday] = useState<Today | 'failed' | null>(null);
  useEffect(() => {
    let wanted = true;
    ask().then(
      (answer) => wanted && setToday(answer),
      () => wanted && setToday('failed'),
    );
    return () => {
      wanted = false;
    };
  }, []);
  return today;
}
