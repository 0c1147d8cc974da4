/** Work that goes on beside requests: a queue's worker, a subscription, scheduled jobs. */
export interface BackgroundWork {
  start(): void;
  /** Takes nothing further and waits, with patience, for what is under way. */
  stop(): Promise<void>;
}

/** What is needed of Strapi's server. */
export interface ListeningServer {
  once(event: 'listening', listener: () => void): unknown;
}

/**
 * Of this process: the plugins of one Strapi share this module, because their builds do not bundle
 * it.
 */
const registered = new Set<BackgroundWork>();

/** Starts work once Strapi listens: commands load Strapi without serving, and do no work. */
export function startOnListening(server: ListeningServer, work: BackgroundWork): void {
  registered.add(work);
  server.once('listening', () => work.start());
}

/**
 * Stops all work of the process. Each plugin's `destroy` calls it, and Strapi destroys plugins one
 * after the other: so the first call stops the work of all, and the patience of one plugin is not
 * added to that of the next.
 */
export async function stopBackgroundWork(): Promise<void> {
  const all = [...registered];
  registered.clear();
  await Promise.all(all.map((work) => work.stop()));
}
