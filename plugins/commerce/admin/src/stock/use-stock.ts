import type { Problem } from '../ui/request-problem.ts';
import { type Reading, useRead, useSay, useSend } from '../ui/use-requests.ts';
import type { StockLevel } from './stock-level.ts';

/** Where one SKU's stock is read and changed. */
export const stockRoute = (sku: string): string => `/commerce/stock/${encodeURIComponent(sku)}`;

/**
 * A change of stock. `request` is made once a dialog, so that a change sent twice is one movement.
 */
export interface Adjustment {
  delta: number;
  reason: string;
  request: string;
}

/** A count of every piece in the workshop. */
export interface Count {
  counted: number;
  request: string;
}

/** Stock of every SKU, null while loading, and the ways to change it. */
export interface Stock extends Pick<Reading<unknown>, 'problem' | 'reload'> {
  levels: StockLevel[] | null;
  /** All answer null when done, and read the stock again even after a refusal. */
  adjust(sku: string, adjustment: Adjustment): Promise<Problem | null>;
  count(sku: string, count: Count): Promise<Problem | null>;
  setThreshold(sku: string, lowThreshold: number): Promise<Problem | null>;
}

export function useStock(): Stock {
  const { data, problem, reload } = useRead<{ data: StockLevel[] }>('/commerce/stock');
  const send = useSend();
  const say = useSay();
  const change = async (
    method: 'post' | 'put',
    path: string,
    body: unknown,
    said: string,
  ): Promise<Problem | null> => {
    const sent = await send(method, path, body);
    if (sent.ok) say.done(said);
    await reload();
    return sent.ok ? null : sent.problem;
  };
  return {
    levels: data?.data ?? null,
    problem,
    reload,
    adjust: (sku, adjustment) =>
      change(
        'post',
        `${stockRoute(sku)}/movements`,
        adjustment,
        `Stock de ${sku} : ${adjustment.delta > 0 ? '+' : ''}${adjustment.delta}`,
      ),
    count: (sku, count) =>
      change('post', `${stockRoute(sku)}/counts`, count, `Inventaire de ${sku} enregistré`),
    setThreshold: (sku, lowThreshold) =>
      change(
        'put',
        `${stockRoute(sku)}/threshold`,
        { lowThreshold },
        `Seuil de ${sku} : ${lowThreshold}`,
      ),
  };
}
