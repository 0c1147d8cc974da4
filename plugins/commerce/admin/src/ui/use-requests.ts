import { isFetchError, useFetchClient, useNotification } from '@strapi/strapi/admin';
import { useCallback, useEffect, useRef, useState } from 'react';

import { type Problem, problemOf } from './request-problem.ts';

function problemIn(error: unknown): Problem {
  if (!isFetchError(error)) return problemOf(null);
  return problemOf({
    status: error.status ?? 0,
    message: error.message,
    details: error.response?.data.error.details,
  });
}

/**
 * What an address answers. `data` stays on screen while it is read again; `put` shows an answer
 * that another request gave.
 */
export interface Reading<T> {
  data: T | null;
  problem: Problem | null;
  reload(): Promise<void>;
  put(data: T): void;
}

/**
 * Reads an address, anew whenever it changes; an answer that comes late for another address is
 * dropped. Null reads nothing.
 */
export function useRead<T>(path: string | null): Reading<T> {
  const { get } = useFetchClient();
  const [state, setState] = useState<{ data: T | null; problem: Problem | null }>({
    data: null,
    problem: null,
  });
  const latest = useRef(0);
  const reload = useCallback(async () => {
    const mine = ++latest.current;
    if (path === null) return;
    const next = await get<T>(path).then(
      ({ data }) => ({ data, problem: null }),
      (error: unknown) => ({ data: null, problem: problemIn(error) }),
    );
    if (mine === latest.current)
      setState((now) => ({
        data: next.data ?? (next.problem?.status === 404 ? null : now.data),
        problem: next.problem,
      }));
  }, [get, path]);
  useEffect(() => {
    void reload();
    return () => {
      latest.current += 1;
    };
  }, [reload]);
  const put = useCallback((data: T) => setState({ data, problem: null }), []);
  return { ...state, reload, put };
}

/** Result of something staff asked for. */
type Sent<T> = { ok: true; data: T } | { ok: false; problem: Problem };
type Send = <T>(method: 'post' | 'put' | 'del', path: string, body?: unknown) => Promise<Sent<T>>;

/**
 * Sends what staff ask for; a failure comes back as a value, for the dialog that asked to show it.
 */
export function useSend(): Send {
  const { post, put, del } = useFetchClient();
  return useCallback(
    async <T>(
      method: 'post' | 'put' | 'del',
      path: string,
      body: unknown = {},
    ): Promise<Sent<T>> => {
      try {
        const { data } =
          method === 'del' ? await del<T>(path) : await { post, put }[method]<T>(path, body);
        return { ok: true, data };
      } catch (error) {
        return { ok: false, problem: problemIn(error) };
      }
    },
    [post, put, del],
  );
}

/** Short messages at the top of the screen. */
export function useSay(): { done(message: string): void; failed(message: string): void } {
  const { toggleNotification } = useNotification();
  return {
    done: (message) => toggleNotification({ type: 'success', message }),
    failed: (message) => toggleNotification({ type: 'danger', message }),
  };
}
