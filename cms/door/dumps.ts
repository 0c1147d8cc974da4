import { writeDump, type Catalogue } from '@comptoir/catalogue/read';

/** Writes the catalogue to disk a moment after it changed; many changes are one dump, and dumps never overlap. */
export function createDumps(options: { catalogue: Catalogue; folder: string; failed(error: unknown): void; quietMs?: number; alsoWrite?(): Promise<void> }) {
  const { catalogue, folder, failed, quietMs = 500 } = options;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const state = catalogue.current();
    if (state?.source === 'csv' || state === null) return;
    try {
      await writeDump(folder, { memory: state.memory, asOf: catalogue.asOf() });
      await options.alsoWrite?.();
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
