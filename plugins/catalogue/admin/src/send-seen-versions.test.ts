import { expect, test } from 'vitest';

import { sendSeenVersions, versionOf } from './send-seen-versions.ts';

const PRODUCT = 'http://admin/content-manager/collection-types/api::product.product';
const document = (updatedAt: string): Response =>
  Response.json({ data: { documentId: 'a', updatedAt } });
/**
 * A tab whose server answers these in turn, and the state that each request claimed to have seen.
 */
async function tab(
  ...steps: [method: string, address: string, answer: Response][]
): Promise<(string | null)[]> {
  const said: (string | null)[] = [];
  const answers = steps.map(([, , answer]) => answer);
  const fetch = sendSeenVersions((input, init) => {
    said.push(new Request(input, init).headers.get('x-comptoir-seen'));
    return Promise.resolve(answers[said.length - 1] ?? new Response());
  });
  for (const [method, address] of steps) await fetch(address, { method });
  return said;
}

test.each<[string, string | null]>([
  [`${PRODUCT}/a?locale=fr`, 'api::product.product a fr'],
  [`${PRODUCT}/a/actions/publish?locale=fr`, 'api::product.product a fr'],
  [`${PRODUCT}/a?locale=fr&status=published`, null],
  [
    '/content-manager/single-types/api::shop-settings.shop-settings',
    'api::shop-settings.shop-settings  ',
  ],
  ['/commerce/stock', null],
])('%s', (address, version) => expect(versionOf(address)).toBe(version));

test('a save says when what it shows had changed; the next save, when the first had', async () => {
  expect(
    await tab(
      ['GET', `${PRODUCT}/a?locale=fr`, document('1')],
      ['PUT', `${PRODUCT}/a?locale=fr`, document('2')],
      ['POST', `${PRODUCT}/a/actions/publish?locale=fr`, document('3')],
    ),
  ).toEqual([null, '1', '2']);
});

test('another document, another language and the published version are other states', async () => {
  expect(
    await tab(
      ['GET', `${PRODUCT}/a?locale=fr`, document('1')],
      ['GET', `${PRODUCT}/a?locale=fr&status=published`, document('9')],
      ['PUT', `${PRODUCT}/b?locale=fr`, document('2')],
      ['PUT', `${PRODUCT}/a?locale=en`, document('2')],
      ['PUT', `${PRODUCT}/a?locale=fr`, document('2')],
    ),
  ).toEqual([null, null, null, null, '1']);
});

test('a refused save changes nothing, and answers that are no JSON pass', async () => {
  const refused = Response.json({ data: { updatedAt: '8' } }, { status: 400 });
  expect(
    await tab(
      ['GET', `${PRODUCT}/a?locale=fr`, document('1')],
      ['PUT', `${PRODUCT}/a?locale=fr`, refused],
      ['GET', `${PRODUCT}/a?locale=fr`, new Response('<html>')],
      ['PUT', `${PRODUCT}/a?locale=fr`, document('2')],
    ),
  ).toEqual([null, '1', null, '1']);
});
