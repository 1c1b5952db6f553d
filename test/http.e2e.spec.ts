import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import fc from 'fast-check';
import { parseList } from 'structured-headers';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { Receipt } from '../src/shared/http/answer';
import { ContractPipe } from '../src/shared/http/contract.pipe';
import * as fields from '../src/shared/http/fields';
import { Operation } from '../src/shared/http/operation';
import { BOX_TABLE, BoxesModule } from './support/boxes';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';

/** What no answer may repeat. */
const SECRET = 'Zebedaeus-Quickenborn';
const BOX = { title: 'A box', size: 'small' };

class Inner {
  @fields.Text() word: string;
}
const KINDS: Record<string, (o: fields.FieldOptions) => PropertyDecorator> = {
  uuid: fields.Uuid,
  text: fields.Text,
  longText: fields.LongText,
  isoDate: fields.IsoDate,
  instant: fields.Instant,
  int: (o) => fields.Int({ min: 1, max: 9, ...o }),
  num: (o) => fields.Num({ min: 0, max: 9, ...o }),
  bool: fields.Bool,
  oneOf: (o) => fields.OneOf(['a', 'b'], o),
  named: (o) => fields.OneOf(['a', 'b'], { name: 'ZooWord', ...o }),
  textList: fields.TextList,
  uuidList: fields.UuidList,
  someOf: (o) => fields.SomeOf(['a', 'b'], o),
  nested: (o) => fields.Nested(() => Inner, o),
  nestedList: (o) => fields.NestedList(() => Inner, o),
  answers: fields.Answers,
};
const PRESENCES = {
  '': {},
  Optional: { optional: true },
  Nullable: { nullable: true },
  Both: { optional: true, nullable: true },
};
/** Has every kind of field in every presence. */
class Zoo {}
for (const [kind, decorate] of Object.entries(KINDS))
  for (const [presence, options] of Object.entries(PRESENCES)) {
    Reflect.defineMetadata('design:type', Object, Zoo.prototype, kind + presence);
    decorate(options)(Zoo.prototype, kind + presence);
  }

@ApiTags('Zoo')
@Controller({ path: 'test-zoo', version: '1' })
class ZooController {
  @Post()
  @Operation({ id: 'visitZoo', summary: 'Visit the zoo', scope: 'request:write' })
  visit(@Body() _zoo: Zoo): Receipt {
    throw new Error(`postgres says ${SECRET}`);
  }
}
@Module({ controllers: [ZooController] })
class ZooModule {}

let lotse: Lotse;
let cm: ApiClient;
beforeAll(async () => {
  lotse = await startLotse({
    modules: [BoxesModule, ZooModule],
    env: { CORS_ORIGINS: 'https://app.example, https://other.example' },
  });
  await lotse.sql(BOX_TABLE);
  cm = await lotse.as('miss-cm');
});
afterAll(() => lotse.close());

/** Bodies of every shape are looked into, and each test asserts what it finds. */
type Answer = { status: number; headers: Headers; text: string; body: any }; // eslint-disable-line @typescript-eslint/no-explicit-any
type Call = { method?: string; headers?: Record<string, string>; body?: unknown; raw?: string | Buffer };
/** Sends exactly what is said. */
async function call(path: string, { method = 'GET', headers = {}, body, raw }: Call = {}): Promise<Answer> {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const res = await fetch(lotse.url + path, {
    method,
    headers: {
      authorization: `Bearer ${cm.token}`,
      ...(content === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'POST' ? { 'idempotency-key': `"${randomUUID()}"` } : {}),
      ...headers,
    },
    body: content as never,
  });
  const text = await res.text();
  const json = text !== '' && res.headers.get('content-type')?.includes('json');
  return { status: res.status, headers: res.headers, text, body: json ? JSON.parse(text) : undefined };
}
const post = (body: unknown, headers: Record<string, string> = {}) =>
  call('/v1/test-boxes', { method: 'POST', body, headers });
const postRaw = (raw: string | Buffer, headers: Record<string, string> = {}) =>
  call('/v1/test-boxes', { method: 'POST', raw, headers });

/** Holds a refusal against RFC 9457 and our own promises. */
function expectProblem(answer: Answer, status: number, code: string): Answer['body'] {
  expect({ status: answer.status, code: answer.body?.code, text: answer.text }).toMatchObject({ status, code });
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.body).toMatchObject({
    type: expect.stringMatching(/^https?:\/\//),
    title: expect.stringMatching(/\S/),
    detail: expect.stringMatching(/\S/),
    status,
    instance: `urn:request:${answer.headers.get('x-request-id')}`,
    traceId: answer.headers.get('traceparent')?.split('-')[1],
  });
  expect(answer.text).not.toContain(SECRET);
  expect(answer.text).not.toMatch(/FST_|at \w+ \(|node_modules/);
  return answer.body;
}

/** Writes bytes to the server and returns what comes back. */
const bytes = (text: string | Buffer): Promise<string> =>
  new Promise((resolve) => {
    let received = '';
    const socket = connect(Number(new URL(lotse.url).port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (chunk) => (received += chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(received));
  });

describe('refusals', () => {
  it.each([
    ['an unknown address', '/v1/nothing-of-that-kind', {}, 404, 'not-found'],
    ['an unknown address with a body', '/v1/nothing', { method: 'POST', body: BOX }, 404, 'not-found'],
    ['a path with a wrong percent sign', `/v1/%zz${SECRET}`, {}, 400, 'malformed-request'],
    ['a path that is no UTF-8', `/problems/%E0%A4%A${SECRET}`, {}, 400, 'malformed-request'],
    ['an endless path part', `/problems/${SECRET}${'a'.repeat(500)}`, {}, 400, 'malformed-request'],
    ['a NUL in the path', '/problems/%00', {}, 404, 'not-found'],
    ['a NUL in the query', `/v1/test-boxes?title=%00${SECRET}`, {}, 400, 'malformed-request'],
    ['an id that is no UUID', `/v1/test-boxes/${SECRET}`, {}, 400, 'malformed-request'],
    ['a thing that is not there', `/v1/test-boxes/${randomUUID()}`, {}, 404, 'not-found'],
    [
      'a purpose that is none',
      '/v1/test-boxes',
      { headers: { 'lotse-purpose': SECRET } },
      403,
      'purpose-not-permitted',
    ],
    ['no token', '/v1/test-boxes', { headers: { authorization: '' } }, 401, 'unauthenticated'],
    ['another scheme', '/v1/test-boxes', { headers: { authorization: `Basic ${SECRET}` } }, 401, 'unauthenticated'],
    ['a cursor that is none', `/v1/test-boxes?cursor=${SECRET}`, {}, 400, 'cursor-invalid'],
  ] as [string, string, Call, number, string][])(
    'answers %s with a problem document',
    async (_, path, how, status, code) => {
      expectProblem(await call(path, how), status, code);
    },
  );

  it('tells a 401 how to authenticate', async () => {
    const { headers } = await call('/v1/test-boxes', { headers: { authorization: 'Bearer wrong' } });
    expect(headers.get('www-authenticate')).toMatch(/^Bearer/);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    'answers %s where it is not taken with 405 and Allow',
    async (method) => {
      const answer = await call('/v1/test-boxes', { method });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
      expectProblem(answer, 405, 'method-not-allowed');
      const one = await call(`/v1/test-boxes/${randomUUID()}`, { method: method === 'PATCH' ? 'POST' : method });
      expect([one.status, one.headers.get('allow')]).toEqual([405, 'GET, HEAD, PATCH']);
    },
  );

  it('answers HEAD like GET, without the body', async () => {
    const { body } = await post(BOX);
    const [get, head] = [
      await call(`/v1/test-boxes/${body.id}`),
      await call(`/v1/test-boxes/${body.id}`, { method: 'HEAD' }),
    ];
    expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', get.headers.get('etag')]);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    expect((await call(`/v1/test-boxes/${randomUUID()}`, { method: 'HEAD' })).status).toBe(404);
    expect((await call(`/v1/test-boxes/${body.id}`, { method: 'HEAD', headers: { authorization: '' } })).status).toBe(
      401,
    );
  });

  it('answers what is no HTTP at all, and headers without end, with a problem document', async () => {
    for (const [sent, status] of [
      [`${SECRET}\r\n\r\n`, 400],
      [`GET / HTTP/1.1\r\nHost: x\r\nBad Header ${SECRET}: y\r\n\r\n`, 400],
      [`POST /v1/test-boxes HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
      [
        `POST /v1/test-boxes HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
        400,
      ],
      [`GET /v1/test-boxes?title=${SECRET}${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
    ] as const) {
      const [head = '', body = ''] = (await bytes(sent)).split('\r\n\r\n');
      expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [A-Z]`));
      expect(head).toContain('content-type: application/problem+json');
      expect(JSON.parse(body)).toMatchObject({
        status,
        code: 'malformed-request',
        title: 'The request cannot be read',
      });
      expect(body).not.toContain(SECRET);
    }
  });

  it('speaks German to whoever prefers it', async () => {
    const title = async (language: string) => {
      const { body, headers } = await call('/v1/nothing', { headers: { 'accept-language': language } });
      return [body.title, headers.get('content-language')];
    };
    const [german, english] = [
      ['Nicht gefunden', 'de'],
      ['Not found', 'en'],
    ];
    for (const language of ['de', 'de-DE', 'de-CH;q=0.9, en;q=0.5', 'en;q=0.1, de;q=0.9', 'fr, DE;q=0.2'])
      expect(await title(language)).toEqual(german);
    for (const language of ['en', 'fr', '', 'en, de', 'de;q=0', 'de;q=0.5, en-GB', '*', ';;;,q=', 'x'.repeat(5000)])
      expect(await title(language)).toEqual(english);
    const full = await post({ ...BOX, title: 'full' }, { 'accept-language': 'de' });
    expect(expectProblem(full, 409, 'test-box-full')).toMatchObject({
      title: 'Die Kiste ist voll',
      boxes: 3,
      unmet: [{ code: 'test-box-locked', detail: 'Öffnen Sie sie zuerst.' }],
    });
  });

  it('explains every problem type at its address, in both languages', async () => {
    const { type } = expectProblem(await post({ ...BOX, title: 'full' }), 409, 'test-box-full');
    for (const path of [new URL(type).pathname, '/problems/validation-error']) {
      const page = await call(path, { headers: { authorization: '' } });
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.text).toMatch(/<section lang="en">.*<section lang="de">/);
    }
    expectProblem(await call('/problems/%3Cscript%3E'), 404, 'not-found');
    for (const inherited of ['constructor', '__proto__', 'toString'])
      expectProblem(await call(`/problems/${inherited}`), 404, 'not-found');
  });

  it('says nothing about a fault of ours', async () => {
    const zoo = Object.fromEntries(
      Object.keys(KINDS).flatMap((k) => [
        [k, GOOD[k]![0]],
        [`${k}Nullable`, null],
      ]),
    );
    expectProblem(await call('/v1/test-zoo', { method: 'POST', body: zoo }), 500, 'internal');
  });
});

describe('bodies', () => {
  it.each([
    ['not JSON', '{'],
    ['empty', ''],
    ['cut off', '{"title":"A box","size":"small"'],
    ['with a comment', '{"title":"A box","size":"small"/**/}'],
    ['with __proto__', `{"title":"${SECRET}","size":"small","__proto__":{"admin":true}}`],
    [
      'with __proto__ deep inside',
      `{"title":"A box","size":"small","mark":{"colour":"red","__proto__":{"admin":true}}}`,
    ],
    ['with constructor.prototype', `{"title":"A box","size":"small","constructor":{"prototype":{"admin":true}}}`],
    ['in Latin-1', Buffer.from('{"title":"Müller","size":"small"}', 'latin1')],
    ['in UTF-16', Buffer.from('{"title":"A box","size":"small"}', 'utf16le')],
    [
      'with an overlong UTF-8 form',
      Buffer.concat([Buffer.from('{"size":"small","title":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
    ],
    ['of nested lists', `{"title":"A box","size":"small","labels":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['of nested objects', `{"title":"A box","size":"small","x":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
  ])('refuses one %s: it cannot be read', async (_, raw) => {
    expectProblem(await postRaw(raw), 400, 'malformed-request');
  });

  it.each([
    ['NUL', `{"title":"${SECRET}\\u0000","size":"small"}`, '#/title'],
    ['half a surrogate pair', `{"title":"${SECRET}\\ud800","size":"small"}`, '#/title'],
    ['half a pair in a name', '{"title":"A box","size":"small","a\\udc00":1}', '#/a%EF%BF%BD'],
    ['NUL in an open map', '{"title":"A box","size":"small","answers":{"a":"\\u0000"}}', '#/answers/a'],
    ['NUL in a name of an open map', '{"title":"A box","size":"small","answers":{"\\u0000":1}}', '#/answers'],
  ])('refuses %s, which no table can hold', async (_, raw, pointer) => {
    const { errors } = expectProblem(await postRaw(raw), 422, 'validation-error');
    expect(errors.map((e: { pointer: string }) => e.pointer)).toContain(pointer);
  });

  it('leaves prototypes alone whatever is sent', async () => {
    for (const text of [
      '{"__proto__":{"polluted":1}}',
      '{"constructor":{"prototype":{"polluted":1}}}',
      '{"constructor":1}',
      '{"toString":1}',
    ])
      expect((await postRaw(text)).status).toBeGreaterThanOrEqual(400);
    for (const query of [
      '__proto__[polluted]=1',
      'constructor[prototype][polluted]=1',
      '__proto__=1',
      'limit[__proto__]=1',
    ])
      expect((await call(`/v1/test-boxes?${query}`)).status).toBeLessThan(500);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expectProblem(await post({ ...BOX, constructor: 1 }), 422, 'validation-error');
  });

  it('keeps every text that a person may write', async () => {
    const title = 'Ägidius O’Łukasz 😀 \u202e العربية \\ud800 "quotes"';
    const { body } = await post({ ...BOX, title });
    expect((await call(`/v1/test-boxes/${body.id}`)).body.title).toBe(title);
    expect((await postRaw('\ufeff{"title":"A box","size":"small"}')).status).toBe(201);
  });

  it.each([
    ['text/plain', 'POST'],
    ['application/x-www-form-urlencoded', 'POST'],
    ['multipart/form-data; boundary=x', 'POST'],
    ['application/merge-patch+json', 'POST'],
    ['application/json', 'PATCH'],
    ['application/xml', 'PATCH'],
  ])('refuses %s on %s', async (type, method) => {
    const path = method === 'POST' ? '/v1/test-boxes' : `/v1/test-boxes/${randomUUID()}`;
    const answer = await call(path, { method, body: BOX, headers: { 'content-type': type, 'if-match': '"1"' } });
    expectProblem(answer, 415, 'unsupported-media-type');
    expect(answer.headers.get('accept-patch')).toBe(method === 'PATCH' ? 'application/merge-patch+json' : null);
  });

  it('refuses a body without media type, and does not mind the type of a body that is not there', async () => {
    const socket = await bytes(
      `POST /v1/test-boxes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${cm.token}\r\nIdempotency-Key: k\r\nContent-Length: 2\r\n\r\n{}`,
    );
    expect(socket).toMatch(/^HTTP\/1.1 415/);
    expect((await call('/v1/test-boxes', { headers: { 'content-type': 'text/plain' } })).status).toBe(200);
  });

  it('refuses more than 1 MiB, announced or not', async () => {
    const large = { ...BOX, note: 'x'.repeat(1024 * 1024) };
    expectProblem(await post(large), 413, 'payload-too-large');
    const chunked = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(
        `${lotse.url}/v1/test-boxes`,
        {
          method: 'POST',
          headers: { authorization: `Bearer ${cm.token}`, 'content-type': 'application/json', 'idempotency-key': 'c' },
        },
        (res) => resolve(res.resume().statusCode),
      );
      sending.on('error', reject);
      for (let i = 0; i < 20; i++) sending.write('x'.repeat(60_000));
      sending.end();
    });
    expect(chunked).toBe(413);
  });

  it('names every wrong field at once', async () => {
    const wrong = {
      title: ' ',
      note: 1,
      packedOn: '2026-02-30',
      sealedAt: 'yesterday',
      shelfId: '1',
      fragile: 'yes',
      labels: ['a', 'a', 1],
      ownerIds: ['x'],
      colours: ['green'],
      mark: { colour: 2, unknown: 1 },
      parts: [{ name: '', count: 1.5, share: 0.333 }, 5],
      'a/b~c': 1,
      zzz: SECRET,
    };
    const { errors } = expectProblem(await post(wrong), 422, 'validation-error');
    const pointers = [...new Set((errors as { pointer: string }[]).map(({ pointer }) => pointer))].sort();
    // For lists the elements may be named beside the list.
    expect(pointers.filter((pointer) => !/^#\/(labels|ownerIds|colours)\/\d$/.test(pointer))).toEqual(
      [
        ...[
          '#/title',
          '#/size',
          '#/note',
          '#/packedOn',
          '#/sealedAt',
          '#/shelfId',
          '#/fragile',
          '#/labels',
          '#/ownerIds',
        ],
        ...['#/colours', '#/mark/colour', '#/mark/unknown', '#/parts/0/name', '#/parts/0/count', '#/parts/0/share'],
        ...['#/parts/1', '#/a~1b~0c', '#/zzz'],
      ].sort(),
    );
    expect(
      expectProblem(await call('/v1/test-boxes?limit=0&size=huge&colour=red'), 422, 'validation-error').errors.map(
        (e: { parameter: string; in: string }) => [e.parameter, e.in],
      ),
    ).toEqual(
      expect.arrayContaining([
        ['limit', 'query'],
        ['size', 'query'],
        ['colour', 'query'],
      ]),
    );
  });

  it('says one thing about each field, in the language asked for', async () => {
    const wrong = { size: 'x', title: ' ', shelfId: '1', labels: ['a', 'a'], parts: [{ name: 'a' }], zzz: 1 };
    const said = async (language: string) =>
      Object.fromEntries(
        expectProblem(await post(wrong, { 'accept-language': language }), 422, 'validation-error').errors.map(
          ({ pointer, detail }: { pointer: string; detail: string }) => [pointer, detail],
        ),
      );
    expect(await said('en')).toMatchObject({
      '#/title': 'must not be blank',
      '#/shelfId': 'must be an id (UUID)',
      '#/labels': 'must not name anything twice',
      '#/parts/0/count': 'is missing',
      '#/zzz': 'is not a field that is known here',
    });
    expect(await said('de')).toMatchObject({
      '#/title': 'darf nicht leer sein',
      '#/parts/0/count': 'fehlt',
      '#/zzz': 'ist hier kein bekanntes Feld',
    });
    const { errors } = expectProblem(await post(wrong), 422, 'validation-error');
    expect(new Set(errors.map((e: { pointer: string }) => e.pointer)).size).toBe(errors.length);
  });

  it('says what is missing to whoever may not', async () => {
    const { permittedPurposes } = expectProblem(
      await call('/v1/test-boxes', { headers: { 'lotse-purpose': 'quality_audit' } }),
      403,
      'purpose-not-permitted',
    );
    expect(permittedPurposes).toEqual(['case_management']);
  });

  it.each(['[]', 'null', '"text"', '1', 'true'])('refuses %s where an object belongs', async (raw) => {
    const { errors } = expectProblem(await postRaw(raw), 422, 'validation-error');
    expect(errors).toEqual([{ detail: expect.any(String), code: 'isObject', pointer: '#' }]);
  });

  it.each([
    ['300,000 parts', `"parts":[${Array(300_000).fill('{}').join()}]`, '#/parts'],
    [
      '100,000 different labels',
      `"labels":[${Array.from({ length: 100_000 }, (_, i) => `"${i}"`).join()}]`,
      '#/labels',
    ],
    ['80,000 unknown fields', Array.from({ length: 80_000 }, (_, i) => `"k${i}":1`).join(), '#/k0'],
    ['80,000 answers', `"answers":{${Array.from({ length: 80_000 }, (_, i) => `"k${i}":1`).join()}}`, '#/answers'],
    ['a name of a megabyte', `"${'k'.repeat(900_000)}":1`, `#/${'k'.repeat(60)}%E2%80%A6`],
    ['an endless number', '"parts":[{"name":"x","share":1,"count":1e400}]', '#/parts/0/count'],
  ])('refuses %s quickly and briefly', async (_, content, pointer) => {
    const started = performance.now();
    const answer = await postRaw(`{"title":"A box","size":"small",${content}}`);
    expect(performance.now() - started).toBeLessThan(3000);
    expect(expectProblem(answer, 422, 'validation-error').errors[0].pointer).toBe(pointer);
    expect(answer.text.length).toBeLessThan(2000);
  });

  it('takes query parameters as text and nothing else than what they say', async () => {
    for (const limit of ['0x10', '1e1', 'abc', '', '%20', '201', '-1', '1.5', '٣', 'true', '9'.repeat(400)])
      expectProblem(await call(`/v1/test-boxes?limit=${limit}`), 422, 'validation-error');
    for (const query of ['limit=1&limit=2', 'size=small&size=large', 'limit[]=1', 'unknown=1'])
      expectProblem(await call(`/v1/test-boxes?${query}`), 422, 'validation-error');
    expect((await call('/v1/test-boxes?limit=7')).body.page.limit).toBe(7);
  });
});

const ID = '0d7c6f0e-3b0a-4c53-9d55-000000000001';
const GOOD: Record<string, unknown[]> = {
  uuid: [ID, ID.toUpperCase(), '01a20059-da70-749c-9c4a-67d5949f3236'],
  text: ['x', 'ä'.repeat(200), '😀'.repeat(200)],
  longText: ['x\ny', 'x'.repeat(10_000)],
  isoDate: ['2026-02-28', '2024-02-29'],
  instant: ['2026-03-01T09:30:00Z', '2026-03-01T09:30:00.123+02:00'],
  int: [1, 9],
  num: [0, 1.25, 0.07, 8.33],
  bool: [true, false],
  oneOf: ['a'],
  named: ['b'],
  textList: [[], ['x']],
  uuidList: [[], [ID]],
  someOf: [[], ['a', 'b']],
  nested: [{ word: 'x' }],
  nestedList: [[], [{ word: 'x' }]],
  answers: [{}, { a: 1, b: 'x', c: true }],
};
const BAD: Record<string, unknown[]> = {
  uuid: ['x', 1, ID.replaceAll('-', ''), `urn:uuid:${ID}`, `{${ID}}`, ''],
  text: ['', ' ', 1, 'x'.repeat(201), {}, []],
  longText: ['', 1, 'x'.repeat(10_001)],
  isoDate: ['2026-02-30', '2025-02-29', '2026-2-1', '2026-02-28T00:00:00Z', 20260228, '0000-00-00', '+002026-01-01'],
  instant: [
    '2026-03-01',
    '2026-03-01T09:30:00',
    '2026-02-30T09:30:00Z',
    '2026-03-01T25:30:00Z',
    '2026-03-01T09:30Z',
    1,
  ],
  int: [0, 10, 1.5, '5', true],
  num: [-1, 10, 0.123, '5', false],
  bool: ['true', 1, 0],
  oneOf: ['c', 1, '', 'toString'],
  named: ['c'],
  textList: ['x', [1], [''], Array(101).fill('x'), {}],
  uuidList: [['x'], ID],
  someOf: [['c'], 'a'],
  nested: [{}, { word: 1 }, 'x', [], { word: 'x', y: 1 }, [{ word: 'x' }]],
  nestedList: [{}, [{}], [1], [null], ['x'], [[]], Array(101).fill({ word: 'x' })],
  answers: [[], 'x', 1, Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`k${i}`, 1]))],
};
it('compiles the schema of every body and every query, which is done when it is first used', () => {
  const pipe = lotse.app.get(ContractPipe);
  expect(pipe['bodies'].size).toBeGreaterThan(100);
  for (const name of pipe['bodies'])
    for (const ajv of [pipe['full'], pipe['brief']])
      expect(ajv.getSchema(`lotse#/$defs/${name}`)).toBeInstanceOf(Function);
  for (const query of pipe['queries'].values()) expect(query()).toBeInstanceOf(Function);
});

describe('the contract and the rules agree on every kind of field', () => {
  const base = Object.fromEntries(
    Object.keys(KINDS).flatMap((k) => [
      [k, GOOD[k]![0]],
      [`${k}Nullable`, null],
    ]),
  );
  /** The pointers refused, and whether the contract's own validator alone would take it. */
  async function check(zoo: object): Promise<{ contract: boolean; refused: string[] }> {
    const pipe = lotse.app.get(ContractPipe);
    const contract = pipe['full'].getSchema('lotse#/$defs/Zoo')!(zoo) as boolean;
    try {
      await pipe.transform(zoo, { type: 'body', metatype: Zoo });
      return { contract, refused: [] };
    } catch (error) {
      const { errors } = (error as { extra: { errors: { pointer: string }[] } }).extra;
      return { contract, refused: errors.map(({ pointer }) => pointer) };
    }
  }
  const taken = { contract: true, refused: [] };

  it.each(Object.keys(KINDS))('%s', async (kind) => {
    for (const [presence, { optional, nullable }] of Object.entries<{ optional?: boolean; nullable?: boolean }>(
      PRESENCES,
    )) {
      const name = kind + presence;
      const refused = { contract: false, refused: expect.arrayContaining([expect.stringContaining(`#/${name}`)]) };
      const { [name]: _, ...without } = base;
      for (const value of GOOD[kind]!)
        expect({ value, ...(await check({ ...base, [name]: value })) }).toEqual({ value, ...taken });
      for (const value of BAD[kind]!)
        expect({ value, ...(await check({ ...base, [name]: value })) }).toEqual({ value, ...refused });
      expect({ name, ...(await check({ ...base, [name]: null })) }).toEqual({ name, ...(nullable ? taken : refused) });
      expect({ name, ...(await check(without)) }).toEqual({ name, ...(optional ? taken : refused) });
    }
  });
});

describe('preconditions', () => {
  it('answers 304 to whoever has it already', async () => {
    const { body } = await post(BOX);
    const path = `/v1/test-boxes/${body.id}`;
    const first = await call(path);
    expect([first.status, first.headers.get('etag')]).toEqual([200, '"1"']);
    for (const seen of ['"1"', 'W/"1"', '"7", "1"', '"7",W/"1"', '*']) {
      const again = await call(path, { headers: { 'if-none-match': seen } });
      expect([seen, again.status, again.text, again.headers.get('etag')]).toEqual([seen, 304, '', '"1"']);
    }
    for (const seen of ['"2"', '1', '"11"', '""', 'garbage'])
      expect((await call(path, { headers: { 'if-none-match': seen } })).status).toBe(200);
  });

  it('demands the version on every change, and takes it or nothing', async () => {
    const { body } = await post(BOX);
    const change = (ifMatch?: string) =>
      call(`/v1/test-boxes/${body.id}`, {
        method: 'PATCH',
        body: { title: 'Renamed' },
        headers: {
          'content-type': 'application/merge-patch+json',
          ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        },
      });
    expectProblem(await change(), 428, 'precondition-required');
    expectProblem(await change(' '), 428, 'precondition-required');
    for (const other of ['"2"', '"0"', 'W/"1"', '"1", "2"', '"one"', '"99999999999999"', '""'])
      expectProblem(await change(other), 412, 'precondition-failed');
    for (const wrong of ['1', '"1"x', 'W/1', SECRET]) expectProblem(await change(wrong), 400, 'if-match-malformed');
    expect((await call(`/v1/test-boxes/${body.id}`)).body).toMatchObject({ version: 1, title: 'A box' });
    const [one, two] = [await change('"1"'), await change('*')];
    expect([one.status, one.headers.get('etag'), one.body.version]).toEqual([200, '"2"', 2]);
    expect([two.status, two.headers.get('etag'), two.body.version]).toEqual([200, '"3"', 3]);
  });
});

describe('Idempotency-Key', () => {
  const boxes = async (title: string) => (await lotse.sql('select id from test.box where title = $1', [title])).length;
  const send = (key: string, body: object, token = cm.token) =>
    post(body, { 'idempotency-key': key, authorization: `Bearer ${token}` });

  it('is needed by every creating request', async () => {
    const box = JSON.stringify(BOX);
    const [head] = (
      await bytes(
        `POST /v1/test-boxes HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${cm.token}\r\nContent-Type: application/json\r\nContent-Length: ${box.length}\r\n\r\n${box}`,
      )
    ).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 400/);
  });

  it.each([
    '""',
    '"',
    '"unfinished',
    'with blank',
    '"a", "b"',
    '"tab\t"',
    '"ü"',
    `"${'x'.repeat(256)}"`,
    'x'.repeat(256),
    'a"b',
  ])('refuses %j', async (key) => {
    expectProblem(await send(key, BOX), 400, 'idempotency-key-malformed');
  });

  it('refuses two of them', async () => {
    const answer = await new Promise<number | undefined>((resolve, reject) =>
      request(
        `${lotse.url}/v1/test-boxes`,
        {
          method: 'POST',
          headers: {
            authorization: `Bearer ${cm.token}`,
            'content-type': 'application/json',
            'idempotency-key': ['"a"', '"b"'],
          },
        },
        (res) => resolve(res.resume().statusCode),
      )
        .on('error', reject)
        .end(JSON.stringify(BOX)),
    );
    expect(answer).toBe(400);
  });

  it('answers a repetition with the first answer, quoted or bare, and changes nothing', async () => {
    const [key, title] = [randomUUID(), `repeated ${randomUUID()}`];
    const first = await send(`"${key}"`, { ...BOX, title });
    expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null]);
    for (const form of [`"${key}"`, key]) {
      const again = await send(form, { ...BOX, title });
      expect([again.status, again.text, again.headers.get('location'), again.headers.get('etag')]).toEqual([
        201,
        first.text,
        first.headers.get('location'),
        first.headers.get('etag'),
      ]);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
    }
    expect(first.headers.get('location')).toBe(`/v1/test-boxes/${first.body.id}`);
    expect(await boxes(title)).toBe(1);
  });

  it('refuses another payload under the same key', async () => {
    const [key, title] = [randomUUID(), `other ${randomUUID()}`];
    expect((await send(key, { ...BOX, title })).status).toBe(201);
    expectProblem(await send(key, { ...BOX, title: SECRET }), 422, 'idempotency-key-reused');
    expectProblem(await send(key, { ...BOX, title, size: 'large' }), 422, 'idempotency-key-reused');
    expect([await boxes(title), await boxes(SECRET)]).toEqual([1, 0]);
  });

  it('makes one thing of twenty requests at the same time', async () => {
    const [key, title] = [randomUUID(), `at once ${randomUUID()}`];
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(key, { ...BOX, title })));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]!.status).toBe(201);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    expect(await boxes(title)).toBe(1);
  });

  it('belongs to the user, the organisation and the operation', async () => {
    const [key, title] = [randomUUID(), `whose ${randomUUID()}`];
    const others = [await lotse.as('mr-cm'), await lotse.as('stranger'), cm];
    const ids = await Promise.all(others.map(async ({ token }) => (await send(key, { ...BOX, title }, token)).body.id));
    expect(new Set(ids).size).toBe(3);
    expect(await boxes(title)).toBe(3);
  });

  it('keeps no refusal: the same key may succeed once the cause is gone', async () => {
    const key = randomUUID();
    expectProblem(await send(key, { ...BOX, title: 'full' }), 409, 'test-box-full');
    expectProblem(await send(key, {}), 422, 'validation-error');
    expect((await send(key, BOX)).status).toBe(201);
  });

  it('is free again after its time', async () => {
    const [key, title] = [randomUUID(), `expired ${randomUUID()}`];
    const first = await send(key, { ...BOX, title });
    await lotse.sql("update platform.stored_answer set expires_at = now() - interval '1 minute'");
    const second = await send(key, { ...BOX, title, size: 'large' });
    expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([201, null]);
    expect(second.body.id).not.toBe(first.body.id);
    expect((await send(key, { ...BOX, title, size: 'large' })).body.id).toBe(second.body.id);
    expect(await boxes(title)).toBe(2);
  });

  it('stores neither key nor answer in clear', async () => {
    const key = randomUUID();
    const { body } = await send(key, BOX);
    const rows = await lotse.sql<{ row: string; bytes: string }>(
      `select s::text as row, encode(key_hash || fingerprint || answer, 'escape') as bytes from platform.stored_answer s`,
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { row, bytes } of rows)
      for (const clear of [key, body.id, 'warnings', 'location', cm.subject]) {
        expect(row).not.toContain(clear);
        expect(row).not.toContain(Buffer.from(clear).toString('hex'));
        expect(bytes).not.toContain(clear);
      }
  });
});

describe('headers', () => {
  it('echoes request id and trace, and makes its own where they are none', async () => {
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const echoed = await call('/v1/test-boxes', { headers: { 'x-request-id': 'abc-1.2_3', traceparent: trace } });
    expect([echoed.headers.get('x-request-id'), echoed.headers.get('traceparent')]).toEqual(['abc-1.2_3', trace]);
    for (const [id, parent] of [
      ['with blank', 'garbage'],
      ['x'.repeat(65), '00-00000000000000000000000000000000-b7ad6b7169203331-01'],
      ['<script>', trace.toUpperCase()],
      ['', `01${trace.slice(2)}`],
    ]) {
      const own = await call('/v1/test-boxes', { headers: { 'x-request-id': id!, traceparent: parent! } });
      expect(own.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(own.headers.get('traceparent')).toMatch(/^00-(?!0af7)[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    }
    expectProblem(
      await call('/v1/%zz', { headers: { 'x-request-id': 'mine', traceparent: trace } }),
      400,
      'malformed-request',
    );
  });

  it.each(['/v1/test-boxes', '/v1/nothing', '/health/live', '/openapi.json'])('protects %s', async (path) => {
    const { headers } = await call(path);
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': expect.any(String),
      'strict-transport-security': expect.stringContaining('max-age='),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('server')).toBeNull();
  });

  it('lets only the origins of the list in', async () => {
    for (const origin of ['https://app.example', 'https://other.example']) {
      const { headers } = await call('/v1/test-boxes', { headers: { origin } });
      expect(headers.get('access-control-allow-origin')).toBe(origin);
      expect(headers.get('vary')).toMatch(/origin/i);
      expect(headers.get('access-control-expose-headers')).toMatch(/etag/);
    }
    for (const origin of ['https://evil.example', 'https://app.example.evil.example', 'http://app.example', 'null']) {
      const { headers } = await call('/v1/test-boxes', { headers: { origin } });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
    const preflight = (origin: string) =>
      call('/v1/test-boxes', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'if-match' },
      });
    const allowed = await preflight('https://app.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-methods')).toMatch(/PATCH/);
    expect(allowed.headers.get('access-control-allow-headers')).toMatch(/idempotency-key/);
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
    expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('quota', () => {
  let small: Lotse;
  beforeAll(async () => {
    small = await startLotse({ databaseUrl: lotse.databaseUrl, env: { RATE_LIMIT: '4' }, modules: [BoxesModule] });
  });
  afterAll(() => small.close());
  const get = async (token: string) => {
    const res = await fetch(`${small.url}/v1/test-boxes`, { headers: { authorization: `Bearer ${token}` } });
    return { res, status: res.status, body: (await res.json()) as { code?: string; type?: string } };
  };

  it('is the user’s, whatever tokens they use; made-up tokens share the one of their address', async () => {
    const [one, same, other] = [
      await small.as('miss-cm'),
      await small.as('miss-cm', { teams: ['x'] }),
      await small.as('mr-cm'),
    ];
    const made = () => get(randomBytes(20).toString('hex'));
    // Every token's first request counts for the address, as nobody knows yet whose it is.
    for (const { token } of [one, same, other]) expect((await get(token)).status).toBe(200);
    expect([(await made()).status, (await made()).status, (await made()).status]).toEqual([401, 429, 429]);
    const statuses = [];
    for (const { token } of [one, same, one, same, one]) statuses.push((await get(token)).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429]);
    expect((await get(other.token)).status).toBe(200);

    const { res, body } = await get(one.token);
    expect(res.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(body).toMatchObject({
      code: 'quota-exceeded',
      type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
      'violated-policies': ['minute'],
    });
    const [limit] = parseList(res.headers.get('ratelimit')!);
    const [policy] = parseList(res.headers.get('ratelimit-policy')!);
    expect([limit![0], limit![1].get('r')]).toEqual(['minute', 0]);
    expect([policy![0], policy![1].get('q'), policy![1].get('w')]).toEqual(['minute', 4, 60]);
    expect(Number(res.headers.get('retry-after'))).toBe(limit![1].get('t'));
    expect(Number(res.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('pages', () => {
  type Page = { data: { id: string }[]; page: { limit: number; next: string | null; prev: string | null } };
  const page = async (query: Record<string, string | number>): Promise<Page & { link: string }> => {
    const { status, body, headers } = await call(
      `/v1/test-boxes?${new URLSearchParams(query as Record<string, string>)}`,
    );
    if (status !== 200) throw new Error(JSON.stringify(body));
    return { ...body, link: headers.get('link')! };
  };
  /** Boxes made at the given moments (equal ones among them), newest first as the list has them. */
  const fill = async (title: string, moments: readonly number[]) =>
    (
      await lotse.sql<{ id: string }>(
        `with made as (insert into test.box (tenant_id, id, version, title, size, content, made_at)
           select $1, gen_random_uuid(), 1, $2, 'small', '{}', '2026-01-01T00:00:00Z'::timestamptz + m * interval '1 ms'
           from unnest($3::int[]) m returning id, made_at)
         select id from made order by made_at desc, id desc`,
        [demoTenants[0].id, title, moments],
      )
    ).map(({ id }) => id);
  const ids = ({ data }: Page) => data.map(({ id }) => id);

  it('hold every row once, in order, forwards and backwards', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 6 }), { maxLength: 24 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        async (moments, limits, merged) => {
          const name = randomUUID();
          const all = await fill(name, moments);
          const title = { title: name, ...(merged ? { merged: 'true' } : {}) };
          const forwards: Page[] = [await page({ ...title, limit: limits[0]! })];
          for (let i = 1; forwards.at(-1)!.page.next; i++)
            forwards.push(
              await page({ ...title, limit: limits[i % limits.length]!, cursor: forwards.at(-1)!.page.next! }),
            );
          expect(forwards.flatMap(ids)).toEqual(all);
          const last = forwards.at(-1)!;
          const backwards: Page[] = [];
          for (let cursor = last.page.prev; cursor; cursor = backwards[0]!.page.prev)
            backwards.unshift(await page({ ...title, limit: limits[0]!, cursor }));
          expect([...backwards.flatMap(ids), ...ids(last)]).toEqual(all);
          if (backwards.length > 0) {
            const on = await page({ ...title, limit: 200, cursor: backwards.at(-1)!.page.next! });
            expect(ids(on)).toEqual(all.slice(all.length - last.data.length));
          }
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it('hold every row that was there at the start, while others are added', async () => {
    const title = randomUUID();
    const all = await fill(
      title,
      Array.from({ length: 40 }, (_, i) => i * 10),
    );
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const got: Page = await page({ title, limit: 3, ...(next ? { cursor: next } : {}) });
      seen.push(...ids(got));
      next = got.page.next;
      await fill(title, [Math.floor(Math.random() * 400), 1000]);
    } while (next);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.filter((id) => all.includes(id))).toEqual(all);
  });

  it('say where the others are in Link headers that work', async () => {
    const title = randomUUID();
    const all = await fill(title, [1, 2, 3, 4, 5]);
    const links = (link: string) =>
      Object.fromEntries([...link.matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, url, rel]) => [rel, url!]));
    const first = await page({ title, limit: 2 });
    expect(Object.keys(links(first.link))).toEqual(['first', 'next']);
    const second = await call(links(first.link).next!);
    expect(ids(second.body)).toEqual(all.slice(2, 4));
    const around = links(second.headers.get('link')!);
    expect(Object.keys(around)).toEqual(['first', 'next', 'prev']);
    expect(ids((await call(around.prev!)).body)).toEqual(all.slice(0, 2));
    expect(ids((await call(around.first!)).body)).toEqual(all.slice(0, 2));
    expect(ids((await call(around.next!)).body)).toEqual(all.slice(4));
  });

  it('take a cursor only unchanged, in its own list, filter and organisation', async () => {
    const title = randomUUID();
    await fill(title, [1, 2, 3]);
    const cursor = (await page({ title, limit: 1 })).page.next!;
    const refused = async (query: Record<string, string>, token = cm.token) =>
      expectProblem(
        await call(`/v1/test-boxes?${new URLSearchParams(query)}`, { headers: { authorization: `Bearer ${token}` } }),
        400,
        'cursor-invalid',
      );
    for (const i of [...Array(cursor.length).keys()].filter((n) => n % 5 === 0 || n > cursor.length - 4))
      for (const other of ['A', 'B', '_'].filter((letter) => letter !== cursor[i]))
        await refused({ title, cursor: cursor.slice(0, i) + other + cursor.slice(i + 1) });
    for (const forged of [
      cursor.slice(0, -1),
      cursor.slice(4),
      `${cursor}AAAA`,
      `${cursor}=`,
      cursor.slice(0, 37),
      'A',
      '%00',
    ])
      await refused({ title, cursor: forged });
    // It says nothing about what it stands on: the keys of a list may be names.
    expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/2026|"k"/);
    await refused({ cursor });
    await refused({ title, size: 'small', cursor });
    await refused({ title: randomUUID(), cursor });
    await refused({ title, cursor }, (await lotse.as('stranger')).token);
    expect((await page({ title, cursor, limit: 2 })).data).toHaveLength(2);
  });
});
