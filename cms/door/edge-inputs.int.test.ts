import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { failureSchema, productAnswerSchema, productListSchema } from '@comptoir/contracts';

import { tryDoor, until } from './door.fixture.ts';
import { littleCatalogue } from './entries.fixture.ts';

let shop: Awaited<ReturnType<typeof tryDoor>>;
beforeAll(async () => {
  shop = await tryDoor({ entries: littleCatalogue() });
});
afterAll(() => shop.close());

/** Sends a target byte for byte, as no well-behaved client would. */
async function raw(
  method: string,
  target: string,
): Promise<{ status: number; headers: string; body: string }> {
  const socket = connect(shop.port, '127.0.0.1');
  socket.write(
    Buffer.from(`${method} ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`, 'latin1'),
  );
  const parts: Buffer[] = [];
  socket.on('data', (part: Buffer) => parts.push(part));
  await once(socket, 'close');
  const [headers = '', body = ''] = Buffer.concat(parts).toString().split('\r\n\r\n', 2);
  return { status: Number(headers.split(' ')[1]), headers: headers.toLowerCase(), body };
}

describe('edge inputs', () => {
  test.each([
    ['unknown id', 'GET', '/api/produits/ah-999', 404],
    ['NUL', 'GET', '/api/produits/%00', 400],
    ['encoded path', 'GET', '/api/produits/..%2f..%2fetc', 400],
    ['dots', 'GET', '/api/produits/../../etc/passwd', 400],
    ['invalid UTF-8 id', 'GET', '/api/produits/%ff%fe', 400],
    ['raw byte id', 'GET', '/api/produits/\xff', 400],
    ['10 kB id', 'GET', `/api/produits/${'a'.repeat(10_240)}`, 400],
    ['40 kB id', 'GET', `/api/produits/${'a'.repeat(40_960)}`, 431],
    ['page 0', 'GET', '/api/produits?pagination[page]=0', 400],
    ['page -1', 'GET', '/api/produits?pagination[page]=-1', 400],
    ['page 1e3', 'GET', '/api/produits?pagination%5Bpage%5D=1e3', 400],
    ['page text', 'GET', '/api/produits?pagination[page]=deux', 400],
    ['page empty', 'GET', '/api/produits?pagination[page]=', 400],
    ['page 1.5', 'GET', '/api/produits?pagination[page]=1.5', 400],
    ['huge page size', 'GET', '/api/produits?pagination[pageSize]=101', 400],
    ['absurd page size', 'GET', `/api/produits?pagination[pageSize]=${'9'.repeat(400)}`, 400],
    ['unknown locale', 'GET', '/api/produits?locale=de', 400],
    ['unknown locale of one', 'GET', '/api/produits/ah-001?locale=xx', 400],
    ['unknown parameter', 'GET', '/api/produits?filters[name]=x', 400],
    ['__proto__ parameter', 'GET', '/api/produits?__proto__=1', 400],
    ['__proto__ id', 'GET', '/api/produits/__proto__', 400],
    ['constructor id', 'GET', '/api/produits/constructor', 404],
    ['__proto__ category', 'GET', '/api/produits?category=__proto__', 400],
    ['given twice', 'GET', '/api/produits?locale=fr&locale=en', 400],
    ['invalid UTF-8 search', 'GET', '/api/produits?search=%ff', 400],
    ['NUL search', 'GET', '/api/produits?search=a%00b', 400],
    ['long search', 'GET', `/api/produits?search=${'a'.repeat(101)}`, 400],
    ['unknown sort', 'GET', '/api/produits?sort=id;drop', 400],
    ['malformed version', 'GET', '/api/produits/instantane?after=../x', 400],
    ['wrong method', 'DELETE', '/api/produits', 405],
    ['wrong method of one', 'POST', '/api/produits/ah-001', 405],
    ['wrong method of snapshot', 'PUT', '/api/produits/instantane', 405],
    ['health, wrong method', 'POST', '/health', 405],
    ['image outside', 'GET', '/api/images/..%2f..%2fsecrets.json', 404],
    ['image unknown', 'GET', '/api/images/products/ah-001/main.png', 404],
    ['not HTTP', 'GET', '/a b', 400],
    ['long address', 'GET', `/api/other?${'a'.repeat(9000)}`, 414],
    ['Strapi away', 'GET', '/api/whatever', 503],
  ])('%s', async (_, method, target, status) => {
    const answer = await raw(method, target);
    expect(answer.status).toBe(status);
    expect(failureSchema.parse(JSON.parse(answer.body)).error.status).toBe(status);
    expect(answer.body).not.toMatch(/\bat .*\.ts/);
    if (status === 405) expect(answer.headers).toContain('allow: get, head');
    if (status === 503) expect(answer.headers).toContain('retry-after:');
  });

  test.each(["'; drop table products; --", '" or 1=1', '%', '$ne'])(
    'search %j finds nothing and breaks nothing',
    async (search) => {
      const answer = await shop.get(`/api/produits?search=${encodeURIComponent(search)}`);
      expect(answer.status).toBe(200);
      expect(productListSchema.parse(await answer.json()).data).toEqual([]);
    },
  );

  test('a refusal names the parameter', async () => {
    const answer = await shop.get('/api/produits?pagination[pageSize]=5000');
    const { error } = failureSchema.parse(await answer.json());
    expect(error.details).toEqual({ parameter: 'pagination[pageSize]' });
    expect(error.message).toContain('from 1 to 100');
  });
});

describe('answers', () => {
  test.each([
    ['?search=THEIERE', ['ah-001']],
    ['?sort=price', ['ah-002', 'ah-001', 'ah-003']],
    ['?sort=-name', ['ah-001', 'ah-002', 'ah-003']],
    ['?category=tea', ['ah-001']],
    ['?category=tea-slug', ['ah-001']],
    ['?pagination[page]=2&pagination[pageSize]=2', ['ah-003']],
    ['?pagination[page]=9', []],
  ])('list %s', async (query, references) => {
    const list = productListSchema.parse(await (await shop.get(`/api/produits${query}`)).json());
    expect(list.data.map((product) => product.reference)).toEqual(references);
    expect(list.meta.catalogue.source).toBe('csv');
  });

  test('a product by reference, slug and the other language’s slug', async () => {
    for (const id of ['ah-001', 'piece-ah-001', 'piece-ah-001-en']) {
      const { data } = productAnswerSchema.parse(
        await (await shop.get(`/api/produits/${id}`)).json(),
      );
      expect(data).toMatchObject({
        reference: 'ah-001',
        availability: 'in',
        image: 'http://images.test/products/ah-001/main.png',
        category: { name: 'Thé' },
      });
    }
  });

  test.each(['/api/produits', '/api/produits?locale=en'])(
    '%s is answered alike the first time and again, compressed or not',
    async (path) => {
      const look = async (encoding: string, id: string) => {
        const answer = await shop.get(path, {
          headers: { 'accept-encoding': encoding, 'x-request-id': id },
        });
        const { age, date, ...headers }: Record<string, string> = Object.fromEntries(
          answer.headers,
        );
        expect(Number(age)).toBeGreaterThanOrEqual(0);
        expect(date).toBeDefined();
        expect(headers).toMatchObject({
          'x-request-id': id,
          'x-content-type-options': 'nosniff',
          vary: 'accept-encoding',
        });
        const told: Record<string, string> = { ...headers, 'x-request-id': '' };
        return { status: answer.status, headers: told, body: await answer.text() };
      };
      const first = await look('identity', 'first-request');
      expect(first).toMatchObject({
        status: 200,
        headers: { 'content-length': String(Buffer.byteLength(first.body)) },
      });
      expect(await look('identity', 'again-request')).toEqual(first);
      await until(
        async () => (await look('br', 'other-request')).headers['content-encoding'] === 'br',
      );
      const compressed = await look('br', 'fourth-request');
      expect(compressed.body).toBe(first.body);
      expect(compressed.headers['etag']).not.toBe(first.headers['etag']);
      expect(await look('identity', 'fifth-request')).toEqual(first);
    },
  );

  test('HEAD has the headers and no body; 304 when known', async () => {
    const head = await shop.get('/api/produits', { method: 'HEAD' });
    expect(head.headers.get('x-catalogue-source')).toBe('csv');
    expect(Number(head.headers.get('age'))).toBeGreaterThanOrEqual(0);
    expect(await head.text()).toBe('');
    const etag = head.headers.get('etag') ?? '';
    expect((await shop.get('/api/produits', { headers: { 'if-none-match': etag } })).status).toBe(
      304,
    );
    expect(
      (await shop.get('/api/produits', { headers: { 'if-none-match': '"other"' } })).status,
    ).toBe(200);
  });

  test('a page for people while the database is away', async () => {
    const answer = await shop.get('/admin', { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('Base de données indisponible');
  });

  test('health says degraded but serves; ready says what is missing', async () => {
    const health = await shop.get('/health');
    expect(health.status).toBe(200);
    expect(await health.json()).toMatchObject({
      status: 'degraded',
      checks: { database: { status: 'down' }, catalogue: { source: 'csv', products: 3 } },
    });
    const ready = await shop.get('/health/ready');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({
      ready: false,
      missing: expect.arrayContaining(['database', 'strapi', 'catalogue']),
    });
  });
});

test('a live shop without data answers 503, never a demonstration catalogue', async () => {
  const live = await tryDoor();
  try {
    expect((await live.get('/api/produits')).status).toBe(503);
    expect((await live.get('/health')).status).toBe(503);
  } finally {
    await live.close();
  }
});
