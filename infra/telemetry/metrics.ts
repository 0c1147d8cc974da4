import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** `route` is a template such as `/api/produits/:id`, never a raw address: labels must stay few. */
export type RequestLabels = { route: string; method: string; status: number };

const BUCKETS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 30];

/** A process's own registry: Node's default metrics and requests by route. */
export function createMetrics(service: string) {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from request to last byte, by route, method and status class',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: BUCKETS,
    registers: [registry],
  });
  return {
    registry,
    /** Counts one answered request; `seconds` is its whole duration. */
    request({ route, method, status }: RequestLabels, seconds: number): void {
      duration.observe({ route, method, status: `${Math.floor(status / 100)}xx` }, seconds);
    },
    /** A counter of this registry, created on first use. */
    counter: (name: string, help: string): Counter =>
      new Counter({ name, help, registers: [registry] }),
    /** A gauge of this registry that is asked for its value at each scrape. */
    gauge: (name: string, help: string, read: () => number | Promise<number>): Gauge =>
      new Gauge({
        name,
        help,
        registers: [registry],
        async collect(): Promise<void> {
          this.set(await read());
        },
      }),
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
