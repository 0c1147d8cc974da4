import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Catalogue, type CatalogueState, deltaAfter } from '@comptoir/catalogue/read';

import { JSON_TYPE } from './http-answer.ts';

type Options = {
  catalogue: Catalogue;
  headers(state: CatalogueState): Record<string, string>;
  longPollMs: number;
  closing: AbortSignal;
};

type Follow = (
  request: IncomingMessage,
  response: ServerResponse,
  after: string,
  whole: (state: CatalogueState) => void,
) => void;

/**
 * `instantane?after=`: answers at once when something changed since, else as soon as it does (or
 * the source does), else an empty delta after `longPollMs`. An unknown gap is answered with the
 * whole. Once `closing` is aborted every request is answered at once: a door that stops must not be
 * held up by its followers.
 */
export function createFollowRoute(options: Options): Follow {
  const { catalogue, longPollMs, closing } = options;
  return (request, response, after, whole) => {
    const first = catalogue.current();
    const respond = (last: boolean): boolean => {
      const state = catalogue.current();
      if (state === null || response.destroyed) return true;
      const delta = deltaAfter(state.memory, after);
      if (delta === null) {
        whole(state);
        return true;
      }
      if (!last && state.version === after && state.source === first?.source) return false;
      sendDelta(options, response, state, delta);
      return true;
    };
    if (respond(closing.aborted)) return;
    respondLater(
      catalogue,
      AbortSignal.any([closing, AbortSignal.timeout(longPollMs)]),
      response,
      respond,
    );
    request.resume();
  };
}

function sendDelta(
  { catalogue, headers }: Options,
  response: ServerResponse,
  state: CatalogueState,
  delta: NonNullable<ReturnType<typeof deltaAfter>>,
): void {
  const { version, source } = state;
  const body = Buffer.from(
    JSON.stringify({ version, source, asOf: new Date(catalogue.asOf()).toISOString(), ...delta }),
  );
  response
    .writeHead(200, {
      ...headers(state),
      'content-type': JSON_TYPE,
      'content-length': body.length,
      'cache-control': 'no-store',
    })
    .end(body);
}

/**
 * Tries `respond` at every change and a last time when patience is `over`; forgets it once answered
 * or when the asker left.
 */
function respondLater(
  catalogue: Catalogue,
  over: AbortSignal,
  response: ServerResponse,
  respond: (last: boolean) => boolean,
): void {
  const last = (): void => {
    end();
    respond(true);
  };
  const end = (): void => {
    over.removeEventListener('abort', last);
    unsubscribe();
  };
  over.addEventListener('abort', last, { once: true });
  const unsubscribe = catalogue.onChange(() => {
    if (respond(false)) end();
  });
  response.once('close', end);
}
