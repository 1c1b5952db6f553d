import { randomUUID } from 'node:crypto';
import type { OpenAPIObject } from '@nestjs/swagger';
import { type Lotse, startLotse } from './support/lotse';
import { draftedPlan } from './support/plan-story';
import { consentToTakePart, indicatedRequest } from './support/story';
import { type Schema, deref as derefIn } from './support/schemas';

/**
 * Every operation of the contract with a body is sent what no client should send: each field in turn with the wrong
 * type, null, empty, too much of everything, impossible dates, text no database can hold. Nothing of it may be a fault
 * of ours (500), every refusal is a problem document, what is no valid body names the field, and a refusal stores nothing.
 */

type Operation = {
  operationId: string;
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
type Call = { method: string; path: string; operation: Operation; schema: Schema | null };
type Json = Record<string, unknown>;

let lotse: Lotse;
let document: OpenAPIObject;
let tokens: Record<string, string>;
/** Ids that exist, by the path in front of them: `/v1/cases/` → a case. */
let ids: Record<string, string>;

beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-02T09:00:00.000Z');
  document = lotse.document;
  const [cm, network] = await Promise.all([lotse.as('miss-cm'), lotse.as('network-manager')]);
  // Whoever may do everything finds the deepest faults.
  const all = await lotse.as('miss-cm', {
    roles: ['case_manager', 'team_lead', 'network_manager', 'org_admin', 'quality_auditor', 'data_protection_officer'],
    teams: ['hospital', 'employment'],
  });
  tokens = { all: all.token };
  const { id: provider } = await network.ok('post', '/v1/providers', { name: 'Physiotherapy Example' });
  const { id: service } = await network.ok('post', '/v1/services', {
    providerId: provider,
    name: 'Physiotherapy',
    problemAreas: ['chronic_disease'],
    region: 'Köln',
  });
  tokens.provider = (await lotse.as('provider', { providerId: provider })).token;
  const planned = await draftedPlan(lotse, { client: 'mr-x' });
  const { caseId } = planned;
  const { requestId } = await indicatedRequest(lotse, { client: null });
  const other = await cm.ok('post', '/v1/cases', { requestId });
  const made = async (path: string, body: object) => (await cm.ok('post', path, body)).id as string;
  const entry = {
    kind: 'home_visit',
    function: 'advocacy',
    minutes: 60,
    on: '2026-03-01',
    text: 'Talked about the return.',
  };
  ids = {
    cases: caseId,
    persons: planned.personId,
    'case-requests': (await indicatedRequest(lotse, { client: null })).requestId,
    members: await made('/v1/persons', { familyName: 'Member' }),
    providers: provider,
    services: service,
    'service-plans': planned.planId,
    goals: planned.goalId,
    measures: planned.measureId,
    consents: await consentToTakePart(lotse, planned),
    'journal-entries': await made(`/v1/cases/${caseId}/journal-entries`, entry),
    'follow-ups': await made(`/v1/cases/${caseId}/follow-ups`, { dueOn: '2026-04-01', subject: 'Call the hospital' }),
    referrals: await made(`/v1/cases/${caseId}/referrals`, {
      serviceId: service,
      purposeText: 'At home',
      categories: ['health'],
    }),
    conferences: await made(`/v1/cases/${caseId}/conferences`, {
      kind: 'aid',
      plannedOn: '2026-03-10',
      agenda: ['Return'],
    }),
    'case-links': await made(`/v1/cases/${caseId}/links`, {
      otherCaseId: other.id,
      kind: 'family',
      reason: 'One household.',
      sharedParts: ['plan'],
    }),
    assessments: (await cm.ok('get', `/v1/cases/${caseId}/assessments`)).data[0].id,
    'progress-watch': planned.planId,
    staff: 'somebody',
  };
}, 60_000);
afterAll(() => lotse.close());

const deref = (schema: Schema): Schema => derefIn(document, schema);
const typeOf = (schema: Schema) => [schema.type].flat().find((type) => type !== 'null');

/** A body that keeps the contract: the examples, and what fits where there is none. */
function sample(given: Schema): unknown {
  const schema = deref(given);
  if (schema.example !== undefined) return schema.example;
  if (schema.enum) return schema.enum[0];
  switch (typeOf(schema)) {
    case 'object':
      return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, value]) => [key, sample(value)]));
    case 'array':
      return schema.items ? [sample(schema.items)] : [];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case undefined:
    default:
      if (schema.format === 'uuid') return randomUUID();
      if (schema.format === 'date') return '2026-03-01';
      return new RegExp(schema.pattern ?? '', 'u').test('Text') ? 'Text' : 'a'.repeat(schema.minLength ?? 1);
  }
}

/** What is wrong for every field of the type. */
const WRONG: Record<string, unknown[]> = {
  string: [5, true, [], {}, ['a'], '', '   '],
  integer: ['5', '', 1.5, 1e300, -1e300, true, [], {}, [1]],
  number: ['5', '', 1e300, true, [], {}, [1]],
  boolean: ['true', 'false', 0, 1, '', [], {}],
  array: ['a', 5, true, {}, Array(10_000).fill('a'), { length: 3 }],
  object: ['a', 5, true, []],
};
const WRONG_FORMAT: Record<string, unknown[]> = {
  uuid: [
    'nil',
    '1',
    "' or 1=1 --",
    '00000000-0000-0000-0000-00000000000g',
    'urn:uuid:00000000-0000-4000-8000-000000000000',
  ],
  date: ['2026-02-30', '2026-13-01', '+275760-09-13', '26-1-1', '2026-03-01T00:00:00Z', 'today', '0000-01-01'],
  'date-time': ['2026-03-01', '2026-02-30T10:00:00Z', 'now', '2026-03-01T25:00:00Z', '2026-06-30T23:59:60Z'],
};
/** Text that is a valid body, or that nothing can store: anything but a fault of ours. */
const HOSTILE = [
  '\u0000',
  'a\u0000b',
  '\ud800',
  'a\udc00b',
  "'; drop table cases.case; --",
  '!@#$%^&*()\' " \\ :* & | ! <->',
  '%s %n ${jndi:x} {{7*7}}',
  '\u202e\u200b\ufeff',
  '__proto__',
  'constructor',
];
const EXTREME: Record<string, unknown[]> = {
  integer: [-1, 0, 2_147_483_647, -2_147_483_648, 2_147_483_648, Number.MAX_SAFE_INTEGER],
  number: [-1, 0, 1e9, 0.001, 5e-324],
  date: ['0001-01-01', '1900-01-01', '9999-12-31'],
  'date-time': ['9999-12-31T23:59:59.999Z', '0001-01-01T00:00:00Z', '2026-03-01t09:30:00z', '2026-03-01 09:30:00Z'],
  uuid: [randomUUID(), '00000000-0000-0000-0000-000000000000', 'FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF'],
};

type Case = { body: unknown; pointer: string; refused: boolean };

/** Every field of the body, replaced in turn. */
function* mutations(given: Schema, body: unknown, at: string, put: (value: unknown) => unknown): Generator<Case> {
  const schema = deref(given);
  const type = typeOf(schema) ?? 'any';
  for (const value of [...(WRONG[type] ?? []), ...(WRONG_FORMAT[schema.format ?? ''] ?? [])]) {
    // A blank is text where the contract does not ask for more.
    if (type === 'string' && typeof value === 'string' && !schema.enum && !schema.format) {
      if (value.trim() === '' && !(schema.pattern === '\\S')) continue;
    }
    if (type === 'array' && Array.isArray(value) && value.length === 0) continue;
    yield { body: put(value), pointer: at, refused: true };
  }
  if (schema.maxLength) yield { body: put('x'.repeat(schema.maxLength + 1)), pointer: at, refused: true };
  if (schema.enum) yield { body: put('no such word'), pointer: at, refused: true };
  for (const value of [null, ...(EXTREME[schema.format ?? ''] ?? EXTREME[type] ?? [])])
    yield { body: put(value), pointer: at, refused: false };
  if (type === 'string' && !schema.enum)
    for (const value of HOSTILE) yield { body: put(value), pointer: at, refused: false };
  if (type === 'object') {
    const fields = body as Json;
    yield {
      body: put({ ...fields, surplus: 1 }),
      pointer: schema.properties ? `${at}/surplus` : at,
      refused: Boolean(schema.properties),
    };
    for (const [key, value] of Object.entries(schema.properties ?? {})) {
      if (schema.required?.includes(key)) {
        const { [key]: _gone, ...rest } = fields;
        yield { body: put(rest), pointer: `${at}/${key}`, refused: true };
      }
      yield* mutations(value, fields[key], `${at}/${key}`, (v) => put({ ...fields, [key]: v }));
    }
  }
  if (type === 'array' && schema.items && Array.isArray(body) && body.length > 0)
    yield* mutations(schema.items, body[0], `${at}/0`, (v) => put([v, ...(body as unknown[]).slice(1)]));
}

/** The path with ids of things that exist. */
const pathOf = (path: string) =>
  path.replace(/([\w-]+)\/\{(\w+)\}/g, (_all, before: string, name: string) => {
    if (name === 'edition') return `${before}/1`;
    if (name === 'perspective') return `${before}/client`;
    if (name === 'code') return `${before}/nine-life-areas`;
    return `${before}/${ids[before] ?? randomUUID()}`;
  });

const calls = (): Call[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
      method,
      path,
      operation,
      schema: operation.requestBody ? Object.values(operation.requestBody.content)[0]!.schema : null,
    })),
  );

const send = async ({ method, operation }: Call, url: string, body?: unknown) => {
  const reply = await lotse.app.inject({
    method: method.toUpperCase() as 'POST',
    url,
    headers: {
      authorization: `Bearer ${/^(accept|waitlist|decline)Referral$/.test(operation.operationId) ? tokens.provider : tokens.all}`,
      'if-match': '*',
      ...(method === 'post' ? { 'idempotency-key': randomUUID() } : {}),
      ...(body === undefined
        ? {}
        : { 'content-type': method === 'patch' ? 'application/merge-patch+json' : 'application/json' }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  return { status: reply.statusCode, type: String(reply.headers['content-type']), text: reply.body };
};

/** Everything that is stored but the access log: rows and versions of every table. */
async function stored(): Promise<string> {
  const tables = await lotse.sql<{ name: string; versioned: boolean }>(
    `select format('%I.%I', n.nspname, c.relname) as name,
       exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'version') as versioned
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in
       ('cases', 'consent', 'assessment', 'service_plan', 'network', 'quality_audit', 'platform')
       and c.relname not in ('access_log', 'subscription', 'parked_event') order by 1`,
  );
  const counts = tables.map(
    ({ name, versioned }) =>
      `select '${name}' as t, count(*) as n, ${versioned ? 'coalesce(sum(version), 0)' : '0'} as v from ${name}`,
  );
  return JSON.stringify(await lotse.sql(`select * from (${counts.join(' union all ')}) x order by t`));
}

/** Every n-th of some ten thousand, always the same ones; FUZZ=all sends all (a minute and a half). */
const share = process.env.FUZZ === 'all' ? 1 : 7;

describe('whatever is sent', () => {
  it('a body is refused with its field, or taken; never a 500, and a refusal stores nothing', async () => {
    const faults: string[] = [];
    const count: Record<string, number> = {};
    let n = 0;
    for (const call of calls().filter(({ schema }) => schema)) {
      await lotse.settled();
      let before = await stored();
      const { operationId } = call.operation;
      const valid = sample(call.schema!);
      for (const { body, pointer, refused } of mutations(call.schema!, valid, '#', (value) => value)) {
        if (n++ % share !== 0) continue;
        const { status, type, text } = await send(call, pathOf(call.path), body);
        count[status] = (count[status] ?? 0) + 1;
        const name = `${operationId} ${pointer} ${JSON.stringify(body)?.slice(0, 300)}`;
        if (status >= 500) faults.push(`${status} ${name}`);
        else if (status >= 400 && !type.startsWith('application/problem+json'))
          faults.push(`${status} is no problem: ${name}`);
        else if (refused && ![400, 422].includes(status)) faults.push(`${status} for ${name}`);
        else if (status === 422) {
          const { errors = [] } = JSON.parse(text) as { errors?: { pointer?: string }[] };
          if (refused && !errors.some((e) => e.pointer?.startsWith(pointer) || pointer.startsWith(e.pointer ?? '-')))
            faults.push(`names ${errors.map((e) => e.pointer).join()} for ${name}`);
        }
        if (status < 300) {
          await lotse.settled();
          before = await stored();
        }
      }
      if ((await stored()) !== before) faults.push(`${operationId} stored something it refused`);
    }
    if (process.env.FUZZ) console.log(n, count);
    expect(faults).toEqual([]);
    expect(await lotse.sql('select error from platform.parked_event')).toEqual([]);
  }, 900_000);

  it('an address or query parameter is refused, finds nothing or finds something; never a 500', async () => {
    const faults: string[] = [];
    const garbage = [
      '%00',
      '%ff',
      '..',
      '%2e%2e',
      "'",
      '%27%20or%201%3D1',
      '__proto__',
      'constructor',
      'toString',
      '0',
      '-1',
      '1e9',
      'NaN',
    ];
    garbage.push('a'.repeat(90), 'a'.repeat(3000), '%ED%A0%80', '%F0%9F%92%A9', 'FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF');
    let n = 0;
    const check = async (call: Call, url: string) => {
      if (n++ % Math.min(share, 3) !== 0) return;
      const { status, type } = await send(call, url, call.schema ? sample(call.schema) : undefined);
      if (status >= 500) faults.push(`${status} ${call.method} ${url}`);
      else if (status >= 400 && !type.startsWith('application/problem+json'))
        faults.push(`no problem: ${status} ${url}`);
    };
    for (const call of calls()) {
      for (const value of garbage) {
        if (call.path.includes('{')) await check(call, call.path.replace(/\{\w+\}/g, value));
        for (const { name, in: place } of call.operation.parameters ?? [])
          if (place === 'query') await check(call, `${pathOf(call.path)}?${name}=${value}`);
      }
      if (call.method !== 'get') continue;
      for (const query of [
        'limit=1&limit=2',
        'limit[]=1',
        'limit=201',
        'limit=0',
        'cursor=a.b',
        'cursor=',
        'cursor=a&cursor=b',
        'surplus=1',
        '__proto__=1',
        'limit[__proto__]=1',
      ])
        await check(call, `${pathOf(call.path)}?${query}`);
    }
    for (const value of [...garbage, '"', '(', ':*', '!', '%26', '|', '%3C-%3E', 'a%20%26%20!', '%5C'])
      for (const path of ['services', 'providers']) await check(calls()[0]!, `/v1/${path}?q=${value}`);
    for (const value of garbage) await check(calls()[0]!, `/problems/${value}`);
    expect(faults).toEqual([]);
  }, 120_000);
});
