import type { CatalogueSource, Locale } from '@comptoir/contracts';

import { createIndex, type LocaleIndex } from './index-of-products.ts';
import type { Memory } from './memory.ts';

/**
 * What is served now. A new object for every version or source, so anything prepared from it can be
 * cached on it.
 */
export interface CatalogueState {
  memory: Memory;
  /** `epoch.n` */
  version: string;
  source: CatalogueSource;
  /**
   * Milliseconds; when the database last confirmed this state (the dump's time for a dump, start
   * time for the seed).
   */
  preparedAsOf: number;
  products: number;
  index(locale: Locale): LocaleIndex;
}

/** The one mutable cell of the read side. Everything else is derived from its current state. */
export function createCatalogue() {
  let state: CatalogueState | null = null;
  let asOf = 0;
  const waiting = new Set<() => void>();

  const set = (memory: Memory, source: CatalogueSource): void => {
    state = stateOf(memory, source, asOf);
    for (const wake of [...waiting]) wake();
  };
  return {
    /** Null until something can be served. */
    current: (): CatalogueState | null => state,
    /** Milliseconds of the last confirmation; 0 when nothing was ever loaded. */
    asOf: (): number => asOf,
    /** Swaps what is served. Readers see the old or the new state, never a mixture. */
    replace(memory: Memory, source: CatalogueSource, confirmedAt: number): void {
      asOf = confirmedAt;
      set(memory, source);
    },
    /** The database said that nothing changed. */
    confirm(at: number): void {
      asOf = at;
    },
    /** The database does not answer: what was followed live is now the last known state. */
    detach(): void {
      if (state?.source === 'database') set(state.memory, 'snapshot');
    },
    /** Calls `wake` at every change until the returned function is called. */
    onChange(wake: () => void): () => void {
      waiting.add(wake);
      return () => waiting.delete(wake);
    },
  };
}
export type Catalogue = ReturnType<typeof createCatalogue>;

function stateOf(memory: Memory, source: CatalogueSource, asOf: number): CatalogueState {
  const indexes = new Map<Locale, LocaleIndex>();
  const references = new Set<string>();
  for (const row of memory.rows.values())
    if (row.entry?.kind === 'product') references.add(row.entry.key);
  return {
    memory,
    version: `${memory.epoch}.${memory.n}`,
    source,
    preparedAsOf: asOf,
    products: references.size,
    index(locale) {
      const index = indexes.get(locale) ?? createIndex(memory, locale);
      indexes.set(locale, index);
      return index;
    },
  };
}
