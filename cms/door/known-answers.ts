import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Catalogue, CatalogueState } from '@comptoir/catalogue/read';
import { REQUEST_ID_HEADER } from '@comptoir/contracts';

import { createAnswerCache } from './answer-cache.ts';
import {
  answerHeaders,
  chooseForm,
  type Form,
  isFresh,
  type Prepared,
  weightOf,
} from './http-answer.ts';

/**
 * Up to here head and body leave in one write, as one text; larger bodies are not worth copying.
 */
const ONE_WRITE = 16 * 1024;

type Known = { route: string; prepared: Prepared };
/** A form's headers as Node wants them, made once: only the age and the request id change. */
type Sending = { fields: string[]; body: Buffer | string };
const AGE = 1;
const ID = 3;

const sendings = new WeakMap<Buffer, Sending>();

/**
 * The form of a prepared answer as it is sent; an answer belongs to one state, and so do its
 * headers.
 */
function sendingOf(form: Form, stateHeaders: () => Record<string, string>): Sending {
  const made = sendings.get(form.body);
  if (made) return made;
  const { age = '0', ...others } = stateHeaders();
  const fields = Object.entries({
    ...others,
    'x-content-type-options': 'nosniff',
    ...answerHeaders(form),
  }).flat();
  const sending = {
    fields: ['age', age, REQUEST_ID_HEADER, '', ...fields],
    body: form.body.length > ONE_WRITE ? form.body : form.body.toString('latin1'),
  };
  sendings.set(form.body, sending);
  return sending;
}

/**
 * Answers that were given before to the very same address, given again without parsing anything:
 * most of a shop's requests. All is forgotten as soon as the catalogue changes or its source does.
 */
export function createKnownAnswers(
  catalogue: Catalogue,
  headers: (state: CatalogueState) => Record<string, string>,
) {
  let of: CatalogueState | null = null;
  const known = createAnswerCache<Known>(({ prepared }) => weightOf(prepared));
  return {
    /** Keeps what was answered to `address` in `state`. */
    keep(state: CatalogueState, address: string, answer: Known): void {
      if (state !== catalogue.current()) return;
      if (of !== state) known.clear();
      of = state;
      known.set(address, answer);
    },
    /** Answers if this was asked before; the route's template, or null when it was not. */
    answer(request: IncomingMessage, response: ServerResponse, id: string): string | null {
      const state = catalogue.current();
      if (state === null || state !== of || request.method !== 'GET') return null;
      const found = known.get(request.url ?? '');
      if (!found || isFresh(request.headers['if-none-match'], found.prepared.tag)) return null;
      const { fields, body } = sendingOf(
        chooseForm(found.prepared, request.headers['accept-encoding']),
        () => headers(state),
      );
      fields[AGE] = String(Math.max(0, Math.floor((Date.now() - catalogue.asOf()) / 1000)));
      fields[ID] = id;
      response.writeHead(200, fields).end(body, 'latin1');
      return found.route;
    },
  };
}
