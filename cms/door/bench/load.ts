import { Agent, get } from 'node:http';

export type Figures = { requests: number; perSecond: number; p50: number; p99: number; max: number; failed: number };

const once = (agent: Agent, url: string): Promise<boolean> =>
  new Promise((resolve) => {
    get(url, { agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode === 200));
    }).on('error', () => resolve(false));
  });

/** Asks `urls` in turn over `connections` connections for `ms` milliseconds; latencies in milliseconds. */
export async function load(urls: readonly string[], { connections = 20, ms = 3000 } = {}): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let failed = 0;
  const end = performance.now() + ms;
  const shopper = async (first: number): Promise<void> => {
    for (let at = first; performance.now() < end; at += 1) {
      const began = performance.now();
      if (!(await once(agent, urls[at % urls.length] ?? ''))) failed += 1;
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, index) => shopper(index)));
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (part: number): number => Math.round((times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0) * 10) / 10;
  return { requests: times.length, perSecond: Math.round(times.length / (ms / 1000)), p50: at(0.5), p99: at(0.99), max: at(1), failed };
}
