import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningApi, startApi, testAdmin } from '@comptoir/harness';

import { type Call, login } from '../../../../../cms/staff/client.fixture.ts';
import { refusalSchema } from './answers.fixture.ts';

/** Text that no database holds, where staff's routes take any. */
let api: RunningApi;
let manager: Call;
beforeAll(async () => {
  api = await startApi();
  manager = await login(api.url, testAdmin.email, testAdmin.password);
});
afterAll(() => api?.stop());

test.each(['%00', 'a%00b', '%ff%fe', 'x'.repeat(300)])(
  'a name that nothing bears, such as %s: 404 with what to do',
  async (name) => {
    const paths = [
      `failures/mails/${name}/replay`,
      `failures/events/${name}/replay`,
      `failures/events/${name}/dismissal`,
      `orders/AH-00000000/mails/${name}/replay`,
      `orders/AH-00000000/events/${name}/replay`,
      `orders/${name}/preparation`,
    ];
    for (const path of paths) {
      const { status, body } = await manager('POST', `/commerce/${path}`, {});
      expect([path, status, refusalSchema.parse(body).error.message]).toEqual([
        path,
        404,
        expect.stringMatching(/rechargez la page|n’existe pas/),
      ]);
    }

    expect((await manager('GET', `/commerce/orders/${name}`)).status).toBe(404);
  },
);

test('text that cannot be kept: 400, and no failure of ours', async () => {
  expect((await manager('GET', '/commerce/orders?search=a%00b')).status).toBe(400);
  for (const reason of ['a\0b', 'a\ud800'])
    expect(
      (await manager('POST', '/commerce/orders/AH-00000000/cancellation', { reason })).status,
    ).toBe(400);
});
