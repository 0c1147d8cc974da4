import { useCallback, useEffect, useState } from 'react';
import { isFetchError, useFetchClient, useNotification } from '@strapi/strapi/admin';
import type { StockLevel } from './level.ts';

/** Stock of every SKU (null while loading) and the way to change it; both tell staff in French when they fail. */
export function useStock(): { levels: StockLevel[] | null; adjust(sku: string, delta: number, reason: string): Promise<boolean> } {
  const { get, post } = useFetchClient();
  const { toggleNotification } = useNotification();
  const [levels, setLevels] = useState<StockLevel[] | null>(null);
  const complain = useCallback((message: string) => toggleNotification({ type: 'danger', message }), [toggleNotification]);

  const load = useCallback(async () => {
    try {
      const { data } = await get<{ data: StockLevel[] }>('/commerce/stock');
      setLevels(data.data);
    } catch {
      setLevels((known) => known ?? []);
      complain('Le stock n’a pas pu être lu. Rechargez la page.');
    }
  }, [get, complain]);

  useEffect(() => void load(), [load]);

  const adjust = async (sku: string, delta: number, reason: string): Promise<boolean> => {
    try {
      await post(`/commerce/stock/${encodeURIComponent(sku)}/movements`, { delta, reason });
      toggleNotification({ type: 'success', message: `Stock de ${sku} : ${delta > 0 ? '+' : ''}${delta}` });
    } catch (error) {
      complain(isFetchError(error) ? error.message : 'Le stock n’a pas été changé. Réessayez.');
      return false;
    } finally {
      await load();
    }
    return true;
  };
  return { levels, adjust };
}
