import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';

let lotse: Lotse;
let manager: ApiClient;
let caseManager: ApiClient;
let stranger: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-01T09:00:00.000Z');
  manager = await lotse.as('network-manager');
  caseManager = await lotse.as('miss-cm');
  stranger = await lotse.as('stranger');
});
afterAll(() => lotse.close());

const provider = async (body: object = {}): Promise<string> =>
  (await manager.ok('post', '/v1/providers', { name: `Provider ${randomUUID()}`, ...body })).id;
const service = async (body: object = {}): Promise<string> => {
  const providerId = await provider();
  return (
    await manager.ok('post', '/v1/services', {
      providerId,
      name: 'Debt advice',
      problemAreas: ['debt'],
      region: 'Köln',
      ...body,
    })
  ).id;
};
const found = async (query: string): Promise<string[]> =>
  (await caseManager.ok('get', `/v1/services?${query}`)).data.map(({ id }: { id: string }) => id);

describe('NET-1 providers', () => {
  const whole = {
    name: 'Debt Advice Centre',
    legalForm: 'registered association',
    description: 'Free advice.',
    website: 'https://debt-advice.example',
    identifiers: [{ identifierType: 'IK', identifier: '260326822' }],
    contacts: [{ name: 'Ms Berger', role: 'intake', phone: '+49 221 12345', email: 'intake@debt-advice.example' }],
    locations: [
      {
        address: 'Hauptstraße 12',
        postalCode: '50667',
        city: 'Köln',
        agsRegion: '05315000',
        accessibility: ['wheelchair'],
      },
    ],
    payers: ['municipality'],
  };

  it('lists a provider, shows it as entered and announces it', async () => {
    const { body, version, headers } = await manager.post('/v1/providers', whole);
    expect(body.warnings).toEqual([]);
    expect(headers.location).toBe(`/v1/providers/${body.id}`);
    expect(version).toBe(1);
    const read = await caseManager.get(`/v1/providers/${body.id}`);
    expect(read.body).toMatchObject({ ...whole, informal: false, informalKind: null, version: 1 });
    expect(read.headers.etag).toBe('"1"');
    expect(await lotse.sql('select type, payload from platform.event where aggregate_id = $1', [body.id])).toEqual([
      {
        type: 'network.provider_listed',
        payload: { caseId: null, aggregateId: body.id, informal: false, at: '2026-03-01T09:00:00.000Z' },
      },
    ]);
  });

  it('points out a provider of the same name, however it is written', async () => {
    const first = await provider({ name: 'Nachbarschaft Süd' });
    const again = await manager.post('/v1/providers', {
      name: ' nachbarschaft  SÜD',
      informal: true,
      informalKind: 'neighbourhood',
    });
    expect(again.status).toBe(201);
    expect(again.body.warnings).toMatchObject([
      { code: 'provider-name-known', detail: expect.stringContaining(first) },
    ]);
    const renamed = await manager.patch(
      `/v1/providers/${await provider()}`,
      { name: 'NACHBARSCHAFT SÜD' },
      { ifMatch: 1 },
    );
    expect(renamed.body.warnings).toMatchObject([{ code: 'provider-name-known' }]);
  });

  it('warns in German or English, as the caller asks; a repetition gets the answer first given', async () => {
    const first = await provider({ name: 'Stadtteiltreff Nord' });
    const named = { name: 'Stadtteiltreff Nord' };
    const warned = async (language: string, key: string, body: object = named) => {
      const reply = await manager.post('/v1/providers', body, { key, headers: { 'accept-language': language } });
      expect(reply.status).toBe(201);
      return { language: reply.headers['content-language'], warnings: reply.body.warnings };
    };
    const german = await warned('de-DE, en;q=0.5', 'north-1');
    expect(german).toEqual({
      language: 'de',
      warnings: [
        {
          code: 'provider-name-known',
          detail: `Das Verzeichnis führt bereits einen Leistungserbringer dieses Namens: ${first}. Bitte prüfen Sie, ob es derselbe ist.`,
        },
      ],
    });
    expect(await warned('en', 'north-1')).toEqual(german);
    const english = await warned('fr, en', 'north-2');
    expect(english).toMatchObject({ language: 'en', warnings: [{ code: 'provider-name-known' }] });
    expect(english.warnings[0].detail).toMatch(/^The directory already lists a provider of this name: /);
    expect(await warned('de', 'north-3', { name: 'Stadtteiltreff Ost' })).toEqual({ warnings: [] });
  });

  it('changes what a merge patch names, empties what it sets to null and keeps the rest', async () => {
    const id = await provider(whole);
    const changed = await manager.patch(
      `/v1/providers/${id}`,
      { legalForm: null, payers: ['health insurer'] },
      { ifMatch: 1 },
    );
    expect(changed.version).toBe(2);
    expect((await caseManager.get(`/v1/providers/${id}`)).body).toMatchObject({
      ...whole,
      legalForm: null,
      payers: ['health insurer'],
    });
  });

  it('names every wrong field', async () => {
    const bad = await manager.post('/v1/providers', {
      name: '  ',
      website: 'ftp://x',
      contacts: [{ name: 'A', email: 'nobody' }],
      unknown: 1,
    });
    expect(bad.status).toBe(422);
    expect(bad.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '#/contacts/0/email',
      '#/name',
      '#/unknown',
      '#/website',
    ]);
    const worse = await manager.post('/v1/providers', {
      name: 'Circle',
      informal: true,
      identifiers: [
        { identifierType: 'IK', identifier: '109519005' },
        { identifierType: 'IK', identifier: '109519006' },
      ],
    });
    expect(worse.body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual([
      ['#/informalKind', 'informal-kind-missing'],
      ['#/identifiers/1/identifier', 'ik-invalid'],
    ]);
  });

  it('answers the same key with the same provider', async () => {
    const body = { name: 'Once only' };
    const [first, second] = [
      await manager.post('/v1/providers', body, { key: 'once' }),
      await manager.post('/v1/providers', body, { key: 'once' }),
    ];
    expect(second.body).toEqual(first.body);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect((await manager.get('/v1/providers?q=once')).body.data).toHaveLength(1);
  });

  it('lets one of two simultaneous changes win and refuses the other', async () => {
    const id = await provider();
    const replies = await Promise.all(
      ['One', 'Two'].map((description) => manager.patch(`/v1/providers/${id}`, { description }, { ifMatch: 1 })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
    const winner = replies[0]!.status === 200 ? 'One' : 'Two';
    expect((await manager.get(`/v1/providers/${id}`)).body).toMatchObject({ description: winner, version: 2 });
  });

  it('pages through the names and filters informal help', async () => {
    await provider({ name: 'zz garden friends', informal: true, informalKind: 'self_help' });
    await provider({ name: 'zz garden office' });
    const first = await manager.ok('get', '/v1/providers?q=ZZ+garden&limit=1');
    expect(first.data).toMatchObject([{ name: 'zz garden friends' }]);
    const second = await manager.ok('get', `/v1/providers?q=ZZ+garden&limit=1&cursor=${first.page.next}`);
    expect(second).toMatchObject({ data: [{ name: 'zz garden office' }], page: { next: null } });
    expect((await manager.ok('get', '/v1/providers?q=zz+garden&informal=false')).data).toMatchObject([
      { name: 'zz garden office' },
    ]);
  });

  it('keeps the directory of one organisation from another', async () => {
    const id = await provider();
    expect((await stranger.get(`/v1/providers/${id}`)).status).toBe(404);
    const foreign = await lotse.as('network-manager', {
      tenantId: (await lotse.sql<{ tenant_id: string }>('select tenant_id from platform.tenant order by 1'))[1]!
        .tenant_id,
    });
    expect((await foreign.patch(`/v1/providers/${id}`, { name: 'Mine' }, { ifMatch: '*' })).status).toBe(404);
    expect(
      (await foreign.post('/v1/services', { providerId: id, name: 'X', problemAreas: ['debt'], region: 'Köln' }))
        .status,
    ).toBe(422);
    expect((await stranger.get('/v1/providers')).body.data).toEqual([]);
  });

  it('lets case managers read but not write', async () => {
    expect((await caseManager.post('/v1/providers', { name: 'X' })).status).toBe(403);
  });
});

describe('NET-1 services', () => {
  it('lists a service, shows it as entered and announces it', async () => {
    const providerId = await provider({ name: 'Caritas Köln' });
    const details = {
      name: 'Insolvency advice',
      description: 'Regulating debts.',
      problemAreas: ['debt', 'family_problems'],
      targetGroups: ['families'],
      eligibility: 'Residents',
      languages: ['de', 'pl'],
      accessibility: ['wheelchair'],
      schedules: [{ byday: ['MO', 'TH'], opensAt: '09:00', closesAt: '12:00' }, { description: 'by appointment' }],
      region: 'Köln',
      payer: 'municipality',
      priceCents: 2500,
      priceUnit: 'session',
    };
    const { id } = await manager.ok('post', '/v1/services', { providerId, ...details });
    expect((await caseManager.get(`/v1/services/${id}`)).body).toMatchObject({
      ...details,
      providerId,
      providerName: 'Caritas Köln',
      informal: false,
      status: 'active',
      capacity: { freePlaces: null, waitingDays: null, confirmedOn: null },
      stale: true,
    });
    expect(await lotse.sql('select type, payload from platform.event where aggregate_id = $1', [id])).toMatchObject([
      {
        type: 'network.service_listed',
        payload: { providerId, problemAreas: ['debt', 'family_problems'], region: 'Köln' },
      },
    ]);
  });

  it('names every wrong field, also those only the domain can see', async () => {
    const bad = await manager.post('/v1/services', { providerId: 'x', name: 'X', problemAreas: [], region: 'Köln' });
    expect(bad.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '#/providerId',
      '#/problemAreas',
    ]);
    const worse = await manager.post('/v1/services', {
      providerId: await provider(),
      name: 'X',
      problemAreas: ['debt'],
      region: 'Köln',
      priceCents: 100,
      languages: ['de', 'german'],
      schedules: [{}, { byday: ['MO'], opensAt: '12:00', closesAt: '09:00' }],
    });
    expect(worse.status).toBe(422);
    expect(worse.body.errors.map(({ code }: { code: string }) => code)).toEqual([
      'price-incomplete',
      'language-code',
      'schedule-empty',
      'closes-before-opening',
    ]);
    const orphan = await manager.post('/v1/services', {
      providerId: randomUUID(),
      name: 'X',
      problemAreas: ['debt'],
      region: 'Köln',
    });
    expect(orphan.body.errors).toMatchObject([{ pointer: '#/providerId', code: 'provider-unknown' }]);
  });

  it('shows an entry as stale when its capacity was not confirmed within 90 days', async () => {
    const id = await service();
    const confirmed = await manager.post(
      `/v1/services/${id}/confirmation`,
      { freePlaces: 3, waitingDays: 0 },
      { ifMatch: 1 },
    );
    expect(confirmed.version).toBe(2);
    const read = async () => (await caseManager.get(`/v1/services/${id}`)).body;
    expect(await read()).toMatchObject({
      capacity: { freePlaces: 3, waitingDays: 0, confirmedOn: '2026-03-01' },
      stale: false,
    });
    lotse.at('2026-05-30T09:00:00.000Z');
    expect((await read()).stale).toBe(false);
    lotse.at('2026-05-31T09:00:00.000Z');
    expect((await read()).stale).toBe(true);
    lotse.at('2026-03-01T09:00:00.000Z');
    expect(
      await lotse.sql(
        `select payload from platform.event where aggregate_id = $1 and type = 'network.service_confirmed'`,
        [id],
      ),
    ).toEqual([{ payload: { caseId: null, aggregateId: id, freePlaces: 3, waitingDays: 0, on: '2026-03-01' } }]);
  });

  it('refuses to confirm places of a service that no longer exists', async () => {
    const id = await service();
    await manager.ok('patch', `/v1/services/${id}`, { status: 'defunct' }, { ifMatch: 1 });
    const refused = await manager.post(
      `/v1/services/${id}/confirmation`,
      { freePlaces: 1 },
      { ifMatch: 2, headers: { 'accept-language': 'de' } },
    );
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'service-defunct', serviceId: id, title: 'Das Angebot besteht nicht mehr' },
    });
  });

  it('changes only at the version last seen', async () => {
    const id = await service();
    expect((await manager.patch(`/v1/services/${id}`, { payer: 'jobcentre' })).status).toBe(428);
    expect((await manager.patch(`/v1/services/${id}`, { payer: 'jobcentre' }, { ifMatch: 7 })).status).toBe(412);
    const replies = await Promise.all(
      ['A', 'B'].map((payer) => manager.patch(`/v1/services/${id}`, { payer }, { ifMatch: 1 })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await manager.get(`/v1/services/${id}`)).body.payer).toBe(replies[0]!.status === 200 ? 'A' : 'B');
  });

  it('answers the same key with the same service', async () => {
    const body = {
      providerId: await provider(),
      name: 'Walking group',
      problemAreas: ['chronic_disease'],
      region: 'Riga',
    };
    const first = await manager.post('/v1/services', body, { key: 'walk' });
    expect((await manager.post('/v1/services', body, { key: 'walk' })).body).toEqual(first.body);
    expect((await manager.post('/v1/services', { ...body, name: 'Other' }, { key: 'walk' })).status).toBe(422);
  });

  it('keeps the services of one organisation from another', async () => {
    const id = await service();
    expect((await stranger.get(`/v1/services/${id}`)).status).toBe(404);
    expect((await stranger.get('/v1/services?q=debt')).body.data).toEqual([]);
    expect((await stranger.get('/v1/services?problemArea=debt')).body.data).toEqual([]);
  });
});

describe('NET-1 search', () => {
  let informalProvider: string;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    informalProvider = await provider({ name: 'Garden neighbours', informal: true, informalKind: 'neighbourhood' });
    ids.rehab = await service({
      name: 'Rehabilitation clinic',
      description: 'After a stroke',
      problemAreas: ['chronic_disease', 'disability'],
      region: 'Maribor',
    });
    ids.group = await service({
      name: 'Stroke self-help group',
      problemAreas: ['chronic_disease'],
      region: 'maribor',
      languages: ['sl', 'de'],
    });
    ids.care = await service({
      providerId: informalProvider,
      name: 'Help in the garden',
      problemAreas: ['care_need'],
      region: 'Maribor',
    });
    ids.closed = await service({
      name: 'Stroke unit',
      status: 'temporarily_closed',
      problemAreas: ['chronic_disease'],
      region: 'Maribor',
    });
  });

  it('finds by words at the beginning of name or description, in the order of names', async () => {
    expect(await found('q=STROKE')).toEqual([ids.rehab, ids.group]);
    expect(await found('q=reha+str')).toEqual([ids.rehab]);
    expect(await found('q=clinicc')).toEqual([]);
  });

  it('takes any text without harm', async () => {
    for (const q of [`'); drop`, '& | ! <->', ':*', '%', '\\', 'a:b', `"'`])
      expect(await found(`q=${encodeURIComponent(q)}`)).toBeInstanceOf(Array);
  });

  it('finds by problem area, region, language, informal help, provider and status; filters add up', async () => {
    expect(await found('region=MARIBOR')).toEqual([ids.care, ids.rehab, ids.group]);
    expect(await found('problemArea=chronic_disease&region=Maribor')).toEqual([ids.rehab, ids.group]);
    expect(await found('problemArea=disability')).toEqual([ids.rehab]);
    expect(await found('q=stroke&language=sl')).toEqual([ids.group]);
    expect(await found('region=Maribor&informal=true')).toEqual([ids.care]);
    expect(await found('region=Maribor&informal=false')).toEqual([ids.rehab, ids.group]);
    expect(await found(`providerId=${informalProvider}`)).toEqual([ids.care]);
    expect(await found('q=stroke&status=temporarily_closed')).toEqual([ids.closed]);
  });

  it('pages forth and back with cursors bound to their search', async () => {
    const first = await caseManager.ok('get', '/v1/services?region=Maribor&limit=2');
    expect(first.data.map(({ id }: { id: string }) => id)).toEqual([ids.care, ids.rehab]);
    const second = await caseManager.ok('get', `/v1/services?region=Maribor&limit=2&cursor=${first.page.next}`);
    expect(second.data.map(({ id }: { id: string }) => id)).toEqual([ids.group]);
    const back = await caseManager.ok('get', `/v1/services?region=Maribor&limit=2&cursor=${second.page.prev}`);
    expect(back.data).toEqual(first.data);
    expect((await caseManager.get(`/v1/services?limit=2&cursor=${first.page.next}`)).body.code).toBe('cursor-invalid');
  });

  it('refuses unknown filters and words', async () => {
    const reply = await caseManager.get('/v1/services?problemArea=money&nearby=1&limit=0');
    expect(reply.status).toBe(422);
    expect(reply.body.errors.map(({ parameter }: { parameter: string }) => parameter).sort()).toEqual([
      'limit',
      'nearby',
      'problemArea',
    ]);
  });

  it('reads an index for words, problem area and region, also under row-level security', async () => {
    const tenant = (await lotse.sql<{ tenant_id: string }>('select tenant_id from platform.tenant order by 1'))[0]!
      .tenant_id;
    await lotse.sql(
      `insert into network.service (tenant_id, id, version, provider_id, name, name_key, status, problem_areas, target_groups, languages,
         accessibility, schedules, region, region_key, changed_by, changed_at)
       select $1, gen_random_uuid(), 1, gen_random_uuid(), 'Bulk ' || i, 'bulk ' || i, 'active', '{migration}', '{}', '{}', '{}', '[]', 'r' || i % 500, 'r' || i % 500, 'x', now()
       from generate_series(1, 20000) i`,
      [tenant],
    );
    await lotse.sql('analyze network.service');
    const wanted = ['service_by_problem_area', 'service_by_region', 'service_by_words'];
    const used = async () =>
      (
        await lotse.sql<{ name: string }>(
          `select indexrelname as name from pg_stat_user_indexes where indexrelname = any($1) and idx_scan > 0 order by 1`,
          [wanted],
        )
      ).map(({ name }) => name);
    await lotse.sql(`select pg_stat_reset()`);
    for (let i = 0; i < 40 && (await used()).length < wanted.length; i += 1) {
      for (const query of ['q=stroke', 'problemArea=disability', 'region=Maribor']) await found(query);
      await sleep(250); // PostgreSQL publishes its counters at most once a second
    }
    expect(await used()).toEqual(wanted);
  });
});
