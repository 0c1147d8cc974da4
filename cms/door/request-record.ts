import type { IncomingMessage, ServerResponse } from 'node:http';
import { apiPaths } from '@comptoir/contracts';
import type { Log, Metrics } from '@comptoir/telemetry';

/** Where requests are written down. */
export type Telemetry = { log: Log; metrics: Metrics };
/**
 * `route`: the address as a template, for metrics; `began`: in milliseconds of `performance.now()`.
 */
export type RequestDetails = { id: string; route: string; began: number };

/** A preview's address is its authorisation: the log gets the route instead. */
const PREVIEW = apiPaths.preview(':token').replace(encodeURIComponent(':token'), '');
const withoutToken = (url: string): string => (url.startsWith(PREVIEW) ? `${PREVIEW}:token` : url);

/**
 * One line of the log and one observation of the metrics for a request whose response is closed;
 * 499: the client left first.
 */
export function recordRequest(
  { log, metrics }: Telemetry,
  request: IncomingMessage,
  response: ServerResponse,
  { id, route, began }: RequestDetails,
): void {
  const ms = performance.now() - began;
  const method = request.method ?? '';
  const status = response.writableFinished || response.headersSent ? response.statusCode : 499;
  metrics.request({ route, method, status }, ms / 1000);
  log.request({ id, method, url: withoutToken(request.url ?? ''), route, status, ms });
}
