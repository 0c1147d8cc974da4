import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type Catalogue,
  type Memory,
  visibleEntries,
  writeDump,
  writeWhole,
} from '@comptoir/catalogue/read';

/**
 * Writes `catalogue.csv` for people beside the dump: whole or not at all. The door never reads it,
 * so it may be damaged, open in a spreadsheet or gone.
 * @throws when the folder cannot be written.
 */
async function writeTable(folder: string, memory: Memory): Promise<void> {
  // Loaded with the first dump: the door opens without it.
  const { catalogueCsvPieces, productsOfEntries } = await import('@comptoir/catalogue/csv');
  const pieces: string[] = [];
  for (const piece of catalogueCsvPieces(productsOfEntries(visibleEntries(memory)))) {
    pieces.push(piece);
    await nextTurn();
  }
  await writeWhole(folder, 'catalogue.csv', pieces.join(''));
}

/**
 * Writes the catalogue to disk (JSON for the next door, CSV for people) a moment after it changed;
 * many changes are one dump, and dumps never overlap.
 */
export function createDumps(options: {
  catalogue: Catalogue;
  folder: string;
  failed(error: unknown): void;
  quietMs?: number;
}) {
  const { catalogue, folder, failed, quietMs = 500 } = options;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const state = catalogue.current();
    if (state?.source === 'csv' || state === null) return;
    try {
      await writeDump(folder, { memory: state.memory, asOf: catalogue.asOf() });
      await writeTable(folder, state.memory);
    } catch (error) {
      failed(error);
    }
  };
  const flush = (): Promise<void> => {
    if (timer === null) return writing;
    clearTimeout(timer);
    timer = null;
    writing = writing.then(write);
    return writing;
  };
  return {
    /** Asks for a dump soon. */
    schedule(): void {
      timer ??= setTimeout(() => void flush(), quietMs);
    },
    /** Writes what is scheduled now; resolves when it is on disk. */
    flush,
  };
}
