/** Logs, metrics and request ids, alike in every process. */
export { createLog, type Log } from './log.ts';
export { createMetrics, type Metrics, type RequestLabels } from './metrics.ts';
export { serveMetrics } from './metrics-server.ts';
export { newRequestId, requestIdFrom } from './request-id.ts';
