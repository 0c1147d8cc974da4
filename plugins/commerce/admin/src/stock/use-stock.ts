import { useRead, useSay, useSend, type Reading } from '../ui/use-requests.ts';
import type { Problem } from '../ui/problem.ts';
import type { StockLevel } from './level.ts';

/** Where one SKU's stock is read and changed. */
export const stockRoute = (sku: string): string => `/commerce/stock/${encodeURIComponent(sku)}`;

interface Stock extends Pick<Reading<unknown>, 'problem' | 'reload'> {
  levels: StockLevel[] | null;
  /** Both answer null when done, and read the stock again whatever came of it. */
  adjust(sku: string, delta: number, reason: string): Promise<Problem | null>;
  setThreshold(sku: string, lowThreshold: number): Promise<Problem | null>;
}

/** Stock of every SKU (null while loading) and the ways to change it. */
export function useStock(): Stock {
  const { data, problem, reload } = useRead<{ data: StockLevel[] }>('/commerce/stock');
  const send = useSend();
  const say = useSay();
  const change = async (method: 'post' | 'put', path: string, body: unknown, said: string): Promise<Problem | null> => {
    const sent = await send(method, path, body);
    if (sent.ok) say.done(said);
    await reload();
    return sent.ok ? null : sent.problem;
  };
  return {
    levels: data?.data ?? null, problem, reload,
    adjust: (sku, delta, reason) => change('post', `${stockRoute(sku)}/movements`, { delta, reason }, `Stock de ${sku} : ${delta > 0 ? '+' : ''}${delta}`),
    setThreshold: (sku, lowThreshold) => change('put', `${stockRoute(sku)}/threshold`, { lowThreshold }, `Seuil de ${sku} : ${lowThreshold}`),
  };
}
