import { expect, test } from 'vitest';

import { announceStrapi } from './strapi-news.ts';

function heard(...pieces: string[]): string[] {
  const said: string[] = [];
  const listen = announceStrapi((text) => said.push(text));
  for (const piece of pieces) listen(piece);
  return said;
}

const killed = '{"msg":"strapi exited","code":null,"signal":"SIGKILL"}\n';
const ready = '{"msg":"strapi ready","pid":3}\n';

test.each<[string, string[], string[]]>([
  ['a first boot is no news', [ready], []],
  [
    'a kill and the return',
    [killed, ready, ready],
    ['! Strapi was killed (SIGKILL): restarting', '  Strapi runs again'],
  ],
  [
    'an exit code',
    ['{"msg":"strapi exited","code":1,"signal":null}\n'],
    ['! Strapi ended with code 1: restarting'],
  ],
  ['an orderly end is no news', ['{"msg":"strapi exited","code":0,"signal":null}\n'], []],
  [
    'a line in two pieces',
    [killed.slice(0, 20), killed.slice(20)],
    ['! Strapi was killed (SIGKILL): restarting'],
  ],
  ['output that is no log line', ['Error: boom\n', '{"msg":\n'], []],
])('%s', (_, pieces, expected) => expect(heard(...pieces)).toEqual(expected));
