import type { RecordedCall } from './simulator-server.ts';

/** What another Stripe makes of a call that the simulator answered. */
export interface Comparison {
  call: RecordedCall;
  status: number;
  /** Fields that the simulator's answer has and the other one's has not. */ strange: string[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Names of the fields of `ours` that `theirs` lacks; lists are compared by their first item.
 * Free-form parts (metadata, an event's object) are not.
 */
const strangers = (ours: unknown, theirs: unknown, path = ''): string[] => {
  if (Array.isArray(ours) && Array.isArray(theirs))
    return ours[0] === undefined || theirs[0] === undefined
      ? []
      : strangers(ours[0], theirs[0], `${path}[]`);
  // An empty object in an example says nothing about its fields.
  if (!isObject(ours) || !isObject(theirs) || Object.keys(theirs).length === 0) return [];
  return Object.entries(ours).flatMap(([name, value]) => {
    const here = path === '' ? name : `${path}.${name}`;
    if (name === 'metadata' || (name === 'object' && isObject(value))) return [];
    return name in theirs ? strangers(value, theirs[name], here) : [here];
  });
};

/**
 * Sends recorded calls to another implementation of Stripe's API (its own stripe-mock), so that the
 * simulator cannot agree only with its author.
 * @param calls what the simulator recorded; @param url where the other one answers; @param
 * secretKey any test key
 */
export const replay = async (
  calls: readonly RecordedCall[],
  url: string,
  secretKey: string,
): Promise<Comparison[]> => {
  const results: Comparison[] = [];
  for (const call of calls) {
    const { method, path, form } = call;
    const address = `${url}/v1/${path}${method === 'GET' && form !== '' ? `?${form}` : ''}`;
    const headers = {
      authorization: `Bearer ${secretKey}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const answer = await fetch(address, {
      method,
      headers,
      ...(method === 'POST' ? { body: form } : {}),
    });
    const text = await answer.text();
    results.push({
      call,
      status: answer.status,
      strange: answer.ok ? strangers(call.body, JSON.parse(text)) : [text],
    });
  }
  return results;
};
