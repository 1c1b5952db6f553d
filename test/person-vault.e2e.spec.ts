import { demoTenants } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { UnitOfWork } from '../src/shared/database/unit-of-work';
import { CANDIDATES } from '../src/modules/case/application/persons/person.candidates';
import { PersonKeysJob } from '../src/modules/case/application/persons/person-keys.job';
import { PersonVault } from '../src/modules/case/application/persons/person.vault';
import { pointers, statementsOf } from './support/checks';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';

let lotse: Lotse;
let missCm: ApiClient;
let stranger: ApiClient;
let admin: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  missCm = await lotse.as('miss-cm');
  stranger = await lotse.as('stranger');
  admin = await lotse.as('org-admin');
});
afterAll(() => lotse.close());

const tenantId = demoTenants[0].id;
const inside = <T>(work: () => Promise<T>) => runInContext(systemContext(tenantId, 'test', 'data_protection'), work);
const record = async (body: object, who = missCm) => (await who.ok('post', '/v1/persons', body)).id as string;
type Hit = { id: string; score: number; reasons: string[] };
const search = async (wanted: object, who = missCm): Promise<Hit[]> =>
  (await who.ok('post', '/v1/persons/search', wanted)).data;
const PERSON = {
  familyName: 'Müller-Lüdenscheidt',
  givenName: 'Änne',
  birthName: 'Straßburger',
  birthDate: '1950-05-17',
  phone: '+49 341 5551234',
  email: 'aenne@example.org',
  addressLines: ['Kastanienallee 77'],
  postalCode: '04109',
  town: 'Leipzig',
  identifiers: [{ system: 'kvnr', value: 'A123456780' }],
};

describe('at rest', () => {
  it('CASE-1: who a person is stands in no table in the open, nor blinded alike in two organisations', async () => {
    const id = await record(PERSON);
    await record(PERSON, stranger);
    const tables = ['cases.person', 'cases.person_token', 'platform.tenant_key'];
    for (const table of tables) {
      const text = (await lotse.sql<{ text: string }>(`select t::text as text from ${table} t`))
        .map((r) => r.text)
        .join();
      expect(text.length).toBeGreaterThan(100);
      for (const word of [
        'ller',
        'nne',
        'Stra',
        '1950',
        '5551234',
        'example',
        'Kastanien',
        '04109',
        'Leipzig',
        'A123456780',
      ])
        for (const secret of [word, Buffer.from(word).toString('hex')])
          expect([table, secret, text.includes(secret) && !/^\d+$/.test(secret)]).toEqual([table, secret, false]);
    }
    expect(
      await lotse.sql('select token from cases.person_token group by token having count(distinct tenant_id) > 1'),
    ).toEqual([]);
    expect((await missCm.get(`/v1/persons/${id}`)).body).toMatchObject({
      ...PERSON,
      identifiers: [{ system: 'kvnr', value: '••••780' }],
    });
  });

  it('what was sealed for one person opens for no other, and a changed byte opens for none', async () => {
    const [one, other] = [await record({ familyName: 'One' }), await record({ familyName: 'Other' })];
    await lotse.sql(
      `update cases.person set sealed = o.sealed, wrapped_key = o.wrapped_key from cases.person o where person.id = $1 and o.id = $2`,
      [one, other],
    );
    await expect(missCm.get(`/v1/persons/${one}`)).rejects.toThrow('500');
    await lotse.sql('delete from cases.person where id = $1', [one]);
  });

  it('the keys are changed while persons are read and written, and all stay readable', async () => {
    const ids = await Promise.all(Array.from({ length: 40 }, (_, i) => record({ familyName: `Rotation${i}` })));
    const vault = lotse.app.get(PersonVault);
    let rotating = true;
    const busy = async (n: number) => {
      let rounds = 0;
      for (; rotating || rounds < 3; rounds++) {
        const id = ids[(n * 7 + rounds) % ids.length]!;
        const { body, version } = await missCm.get(`/v1/persons/${id}`);
        expect(body.familyName).toMatch(/^Rotation/);
        const changed = await missCm.patch(`/v1/persons/${id}`, { town: `Town ${rounds}` }, { ifMatch: version });
        expect([200, 412]).toContain(changed.status);
        ids.push(await record({ familyName: `Rotation${n}-${rounds}` }));
      }
      return rounds;
    };
    const workers = Promise.all([1, 2, 3].map(busy));
    const change = async () => (await admin.ok('post', '/v1/person-keys')).keyNo as number;
    const first = await change();
    expect(await inside(() => vault.rewrap())).toBeGreaterThanOrEqual(40);
    expect(await change()).toBe(first + 1);
    await inside(() => vault.rewrap());
    rotating = false;
    expect((await workers).reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(9);
    await inside(() => lotse.app.get(PersonKeysJob).run());
    expect((await missCm.post('/v1/person-keys')).status).toBe(403);
    const left = await lotse.sql(
      'select distinct key_no from cases.person where tenant_id = $1 and wrapped_key is not null',
      [tenantId],
    );
    expect(left).toEqual([{ key_no: first + 1 }]);
    for (const id of ids) expect((await missCm.get(`/v1/persons/${id}`)).status).toBe(200);
    expect((await search({ familyName: 'Rotation7' }))[0]).toMatchObject({ familyName: 'Rotation7', score: 100 });
  });

  it('another process that made a newer key, and a new secret of the instance, are no reason to fail', async () => {
    const id = await record({ familyName: 'Secret' });
    const again = (env: Record<string, string>, secret?: string) =>
      startLotse({ databaseUrl: lotse.databaseUrl, env, ...(secret ? { secret } : {}) });
    const second = await again({});
    await inside(() => second.app.get(PersonVault).rotate());
    expect((await missCm.get(`/v1/persons/${id}`)).body.familyName).toBe('Secret');
    await second.close();
    const former = 'a-secret-for-tests-only-0123456789';
    const third = await again({ LOTSE_FORMER_SECRETS: former }, 'another-secret-for-tests-only-0123456789');
    expect((await (await third.as('miss-cm')).get(`/v1/persons/${id}`)).body.familyName).toBe('Secret');
    await third.close();
    const fourth = await again({}, 'another-secret-for-tests-only-0123456789');
    expect((await (await fourth.as('miss-cm')).get(`/v1/persons/${id}`)).body.familyName).toBe('Secret');
    await fourth.close();
    // The first process has its keys open; for those that follow they are wrapped for it again.
    const back = await again({ LOTSE_FORMER_SECRETS: 'another-secret-for-tests-only-0123456789' });
    expect((await (await back.as('miss-cm')).get(`/v1/persons/${id}`)).body.familyName).toBe('Secret');
    await back.close();
  });
});

describe('search', () => {
  let id: string;
  beforeAll(async () => {
    id = await record({
      ...PERSON,
      familyName: 'Schröder-Großmann',
      givenName: 'Jürgen',
      birthDate: '1961-04-12',
      identifiers: [
        { system: 'customer_number', value: '123A456789' },
        { system: 'rvnr', value: '15070649C103' },
      ],
    });
    for (const familyName of ['Schneider', 'Schreiner', 'Grossmann', 'Jürgens'])
      await record({ familyName, givenName: 'Karl', birthDate: '1961-04-13' });
  });

  it.each<[string, object]>([
    ['as it is', { familyName: 'Schröder-Großmann', givenName: 'Jürgen' }],
    ['with umlauts written out', { familyName: 'SCHROEDER GROSSMANN', givenName: 'juergen' }],
    ['by one part of the name', { familyName: 'Schröder', givenName: 'Jürgen' }],
    ['as it sounds', { familyName: 'Schrödter', givenName: 'Jürken' }],
    ['with typing errors', { familyName: 'Schrödr', givenName: 'Jrügen' }],
    ['with names swapped', { familyName: 'Jürgen', givenName: 'Schröder-Großmann' }],
    ['by the beginning', { familyName: 'Schr', givenName: 'J' }],
    ['with the year of birth', { familyName: 'Schröer', birthDate: '1961' }],
    ['with the month of birth', { givenName: 'Jürgen', birthDate: '1961-04' }],
    ['with day and month swapped', { familyName: 'Schröder', birthDate: '1961-12-04' }],
    ['by birth date', { birthDate: '1961-04-12' }],
    ['by name at birth', { familyName: 'Straßburger', birthDate: '1961' }],
    ['by an identifier', { identifier: { system: 'customer_number', value: '123 a 456789' } }],
  ])('CASE-1: a person is found %s', async (_, wanted) => {
    const [first] = await search(wanted);
    expect(first).toMatchObject({ id, familyName: 'Schröder-Großmann' });
    expect(first!.reasons.length).toBeGreaterThan(0);
  });

  it('CASE-1: where all that is known is shared by a hundred, some of them are shown', async () => {
    for (let n = 0; n < 101; n += 1)
      await record({ familyName: 'Allerwelt', birthDate: `1950-01-${String(1 + (n % 28)).padStart(2, '0')}` });
    expect(await search({ familyName: 'Allerwelt', birthDate: '1950' })).toHaveLength(20);
    const [first] = await search({ familyName: 'Allerwelt', birthDate: '1950-01-07' });
    expect(first).toMatchObject({ birthDate: '1950-01-07', score: 100 });
  }, 120_000);

  it('CASE-1: nobody is looked for by a pension number, or by nothing; other organisations find nobody', async () => {
    const pension = await missCm.post('/v1/persons/search', { identifier: { system: 'rvnr', value: '15070649C103' } });
    expect([pension.status, pointers(pension)]).toEqual([422, ['#/identifier/system']]);
    expect((await missCm.post('/v1/persons/search', { birthDate: '1961' })).status).toBe(422);
    expect((await missCm.post('/v1/persons/search', { familyName: '--' })).status).toBe(422);
    expect((await missCm.post('/v1/persons/search', { familyName: 'X', birthDate: '61' })).status).toBe(422);
    expect(await search({ familyName: 'Schröder-Großmann' }, stranger)).toEqual([]);
  });

  it('CASE-1: the search is one statement of index scans under forced row-level security', async () => {
    await lotse.sql(
      `insert into cases.person (tenant_id, id, version, sealed, key_no, wrapped_key, gender, languages, interpreter_needed, checked_version,
         recorded_by, recorded_at)
       select $1, gen_random_uuid(), 1, '', 1, '', 'not_stated', '{}', false, 1, 'test', now() from generate_series(1, 5000)`,
      [tenantId],
    );
    await lotse.sql(
      `insert into cases.person_token select tenant_id, hashint8extended(t * 1000 + abs(hashtext(id::text)) % 900, 1), id
       from cases.person, generate_series(1, 20) t where recorded_by = 'test' on conflict do nothing`,
    );
    await lotse.sql('analyze cases.person, cases.person_token');
    const plan = await inside(() =>
      lotse.app
        .get(UnitOfWork)
        .query<{ 'QUERY PLAN': string }>(`explain ${CANDIDATES}`, [
          tenantId,
          ['1', '2', '3'],
          [6, 4, 2],
          100,
          20_000,
          true,
        ]),
    );
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toMatch(
      /Index (Only )?Scan using person_token_pkey on person_token t[^]*Index Cond: [^\n]*token = q.token/,
    );
    expect(text).toMatch(/Index Scan using person_(pkey|by_key) on person p/);
    expect(text).not.toMatch(/Seq Scan on person/);
    // The candidates, and the entry of the access log.
    expect(await statementsOf(missCm, '/v1/persons/search', { familyName: 'Schröder', givenName: 'Jürgen' })).toBe(1);
  });
});
