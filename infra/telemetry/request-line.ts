/**
 * `url` may hold a query, `ms` any fraction; `id` and `route` are ours, never a client's free text.
 */
export type RequestLine = {
  id: string;
  method: string;
  url: string;
  route: string;
  status: number;
  ms: number;
};

const MAX_PATH = 200;
let second = 0;
let prefix = '';

/** The time as ISO 8601 UTC; its first part is made once a second. */
function isoNow(): string {
  const now = Date.now();
  const current = Math.floor(now / 1000);
  if (current !== second) {
    second = current;
    prefix = new Date(now).toISOString().slice(0, 20);
  }
  return `${prefix}${String(now % 1000).padStart(3, '0')}Z`;
}

/** The path alone: a query may hold tokens. */
function pathOf(url: string): string {
  const at = url.indexOf('?');
  return url.slice(0, Math.min(at < 0 ? url.length : at, MAX_PATH));
}

/**
 * A request as a line of the log; `service` is JSON already. Nothing to redact: the fields are
 * fixed.
 */
export function requestLine(
  service: string,
  { id, method, url, route, status, ms }: RequestLine,
): string {
  return `{"level":"info","time":"${isoNow()}","service":${service},"id":"${id}","method":${JSON.stringify(method)},"path":${JSON.stringify(pathOf(url))},"route":"${route}","status":${status},"ms":${Math.round(ms * 10) / 10},"msg":"request"}\n`;
}
