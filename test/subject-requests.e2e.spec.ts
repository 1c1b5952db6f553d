import { randomUUID } from 'node:crypto';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { eventTypes, pointers, race } from './support/checks';
import { type OpenedCase, openCase } from './support/story';

const START = '2026-03-02T09:00:00.000Z';
const any = { ifMatch: '*' } as const;
let lotse: Lotse;
let [missCm, dpo, mrX, stranger]: ApiClient[] = [];
let of: OpenedCase;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at(START);
  [missCm, dpo, mrX] = await Promise.all([lotse.as('miss-cm'), lotse.as('dpo'), lotse.as('mr-x')]);
  stranger = await lotse.as('dpo', { tenantId: '0d7c6f0e-3b0a-4c53-9d55-000000000002' });
  of = await openCase(lotse, { client: 'mr-x' });
});
afterAll(() => lotse.close());
afterEach(() => lotse.at(START));

const ask = async (who: ApiClient, more: object = {}) =>
  (await who.ok('post', '/v1/subject-requests', { kind: 'access', wish: 'What do you know about me?', ...more })).id;
const told = { toldOn: '2026-03-02', toldHow: 'By letter', remediesExplained: true };
const step = (id: string, name: string, body: object, ifMatch: number | '*' = '*', who = dpo!) =>
  who.post(`/v1/subject-requests/${id}/${name}`, body, { ifMatch });

describe('CONS-6 requests of data subjects', () => {
  it('come from the person’s own account, are worked on by due date and answered; the person sees how it stands', async () => {
    const id = await ask(mrX!, { kind: 'erasure' });
    expect(await mrX!.ok('get', `/v1/subject-requests/${id}`)).toMatchObject({
      personId: of.personId,
      state: 'in_work',
      channel: 'portal',
      dueOn: '2026-04-02',
      overdue: false,
      identity: { proof: 'portal_account' },
    });
    const earlier = await ask(missCm!, {
      personId: of.personId,
      kind: 'rectification',
      receivedOn: '2026-02-01',
      channel: 'letter',
      asker: { kind: 'representative', name: 'A solicitor' },
    });
    const list = (await dpo!.ok('get', '/v1/subject-requests?open=true')).data;
    expect(list.map((r: { id: string; overdue: boolean }) => [r.id, r.overdue])).toEqual([
      [earlier, true],
      [id, false],
    ]);
    expect((await dpo!.ok('get', '/v1/subject-requests?open=true&overdue=true&kind=rectification')).data).toHaveLength(
      1,
    );
    await step(id, 'steps', { what: 'Asked both teams for papers.' });
    const late = await step(earlier, 'extension', { reason: 'Long', toldOn: '2026-03-01' });
    expect(late).toMatchObject({ status: 409, body: { code: 'subject-request-too-late-to-extend' } });
    expect((await step(id, 'extension', { reason: 'Two places', toldOn: '2026-03-02' })).status).toBe(200);
    expect((await step(id, 'decision', { result: 'granted', ...told })).status).toBe(200);
    expect(await mrX!.ok('get', `/v1/subject-requests/${id}`)).toMatchObject({
      state: 'decided',
      dueOn: '2026-06-02',
      decision: { result: 'granted', toldHow: 'By letter' },
      steps: [{ what: 'Asked both teams for papers.' }],
    });
    expect(await eventTypes(lotse, id)).toEqual([
      'consent.subject_request_received',
      'consent.subject_request_extended',
      'consent.subject_request_decided',
    ]);
    expect((await dpo!.ok('get', '/v1/subject-requests?open=false')).data.map((r: { id: string }) => r.id)).toEqual([
      id,
    ]);
    expect((await step(id, 'decision', { result: 'granted', ...told })).body.code).toBe('subject-request-decided');
  });

  it('are refused without identity on that ground only, with reasons and the way to complain', async () => {
    const id = await ask(missCm!, { personId: of.personId, channel: 'phone' });
    expect((await step(id, 'decision', { result: 'granted', ...told })).body.code).toBe(
      'subject-request-identity-open',
    );
    await step(id, 'identity-check', { proof: 'known_in_person' });
    const bare = await step(id, 'decision', { result: 'refused', ...told, remediesExplained: false });
    expect([bare.status, pointers(bare)]).toEqual([422, ['#/grounds', '#/reasons', '#/remediesExplained']]);
    const refused = {
      result: 'refused',
      grounds: ['third_party_rights'],
      reasons: 'All of it is about others.',
      ...told,
    };
    expect((await step(id, 'decision', refused)).status).toBe(200);
  });

  it('are filed by accounts for their own person only, and read and worked on by nobody else', async () => {
    const id = await ask(missCm!, { personId: of.personId });
    const { id: other } = await missCm!.ok('post', '/v1/persons', { familyName: 'Y' });
    expect(
      pointers(await mrX!.post('/v1/subject-requests', { kind: 'access', wish: 'Hers', personId: other })),
    ).toEqual(['#/personId']);
    expect(pointers(await missCm!.post('/v1/subject-requests', { kind: 'access', wish: 'Whose?' }))).toEqual([
      '#/personId',
    ]);
    const unknown = { kind: 'access', wish: 'Whose?', personId: randomUUID() };
    expect((await missCm!.post('/v1/subject-requests', unknown)).body.errors[0].code).toBe('person-not-on-record');
    const hers = await ask(missCm!, { personId: other });
    expect((await mrX!.get(`/v1/subject-requests/${hers}`)).status).toBe(404);
    expect((await mrX!.ok('get', '/v1/subject-requests')).data.map((r: { id: string }) => r.id)).not.toContain(hers);
    expect((await missCm!.get(`/v1/subject-requests/${id}`)).status).toBe(403);
    expect((await step(id, 'steps', { what: 'Mine' }, '*', missCm)).status).toBe(403);
    for (const [path, body] of [
      ['identity-check', { proof: 'known_in_person' }],
      ['steps', { what: 'x' }],
    ] as const)
      expect((await step(id, path, body, '*', stranger)).status).toBe(404);
    expect((await stranger!.get(`/v1/subject-requests/${id}`)).status).toBe(404);
  });

  it('name every wrong field, are filed once per key, and of two who decide at once one is told', async () => {
    const wrong = await missCm!.post('/v1/subject-requests', {
      personId: of.personId,
      kind: 'gossip',
      wish: '',
      receivedOn: 'soon',
      asker: { kind: 'neighbour' },
    });
    expect([wrong.status, pointers(wrong)]).toEqual([422, ['#/asker/kind', '#/kind', '#/receivedOn', '#/wish']]);
    const key = randomUUID();
    const body = { personId: of.personId, kind: 'access', wish: 'Again' };
    const [one, again] = [
      await missCm!.post('/v1/subject-requests', body, { key }),
      await missCm!.post('/v1/subject-requests', body, { key }),
    ];
    expect(again.body.id).toBe(one.body.id);
    await step(one.body.id, 'identity-check', { proof: 'known_in_person' });
    const { version } = await dpo!.get(`/v1/subject-requests/${one.body.id}`);
    const winner = await race(
      step(one.body.id, 'steps', { what: 'one' }, version),
      step(one.body.id, 'steps', { what: 'two' }, version),
    );
    expect((await dpo!.ok('get', `/v1/subject-requests/${one.body.id}`)).steps).toMatchObject([
      { what: ['one', 'two'][winner] },
    ]);
  });

  it('follow a merge of persons', async () => {
    const { id: duplicate } = await missCm!.ok('post', '/v1/persons', { familyName: 'X', givenName: 'Mr' });
    const id = await ask(missCm!, { personId: duplicate });
    await missCm!.ok('post', `/v1/persons/${duplicate}/merge`, { survivorId: of.personId, reason: 'Same' }, any);
    await lotse.settled();
    expect((await dpo!.ok('get', `/v1/subject-requests/${id}`)).personId).toBe(of.personId);
  });
});
