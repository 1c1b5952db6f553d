import { createHash } from 'node:crypto';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { openCase } from './support/story';

let lotse: Lotse;
let missCm: ApiClient;
let head: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  lotse.at('2026-03-01T09:00:00.000Z');
  [missCm, head] = await Promise.all([lotse.as('miss-cm'), lotse.as('org-admin')]);
});
afterAll(() => lotse.close());

const any = { ifMatch: '*' } as const;
const wording = (more: object = {}) => ({
  kind: 'data_processing',
  purpose: 'case_management',
  language: 'de',
  textVersion: '2026-01',
  text: 'Ich bin einverstanden, dass … – jederzeit widerruflich.',
  ...more,
});
const consent = (personId: string, more: object = {}) => ({
  personId,
  kind: 'data_processing',
  purpose: 'case_management',
  categories: ['health'],
  form: 'written',
  language: 'de',
  textVersion: '2026-01',
  givenBy: { kind: 'client', name: 'X' },
  consequencesExplained: true,
  withdrawalExplained: true,
  evidence: { kind: 'scan', reference: 'sheet 1' },
  ...more,
});

describe('CONS-1 the text that was shown', () => {
  it('is published once, never changed, and stored with the consent given on it', async () => {
    const { caseId, personId } = await openCase(lotse, { client: 'mr-x' });
    const path = `/v1/cases/${caseId}/consents`;
    // Texts kept elsewhere: the version says which.
    const before = await missCm.post(path, consent(personId, { textVersion: 'paper form 12' }));
    expect(await missCm.ok('get', before.headers.location!)).toMatchObject({ textId: null, textSha256: null });

    const published = await head.post('/v1/consent-texts', wording());
    expect(published).toMatchObject({ status: 201, version: 1 });
    const textId = published.body.id as string;
    const sha256 = createHash('sha256').update(wording().text).digest('hex');
    for (const who of [missCm, await lotse.as('mr-x'), await lotse.as('dpo')])
      expect(await who.ok('get', `/v1/consent-texts/${textId}`)).toMatchObject({
        ...wording(),
        sha256,
        retiredAt: null,
      });
    const again = await head.post('/v1/consent-texts', wording({ text: 'Anders.' }));
    expect([again.status, again.body.code, again.body.consentTextId]).toEqual([409, 'consent-text-published', textId]);
    await expect(
      lotse.sql(`set role lotse_app; update consent.consent_text set text = 'x'; reset role`),
    ).rejects.toThrow('permission denied');

    for (const wrong of [{ textVersion: 'paper form 12' }, { language: 'pl' }]) {
      const refused = await missCm.post(path, consent(personId, wrong));
      expect([refused.status, refused.body.errors]).toMatchObject([
        422,
        [{ pointer: '#/textVersion', code: 'text-not-published' }],
      ]);
    }
    const given = await missCm.post(path, consent(personId));
    expect(await missCm.ok('get', given.headers.location!)).toMatchObject({ textId, textSha256: sha256 });
    // Another purpose is another text.
    await missCm.ok('post', path, consent(personId, { purpose: 'coordination', textVersion: 'paper form 13' }));
  });

  it('is retired for those to come; two who do it at the same time are told apart', async () => {
    const { caseId, personId } = await openCase(lotse, { client: null });
    const purpose = 'conference';
    const publish = async (textVersion: string) =>
      (await head.ok('post', '/v1/consent-texts', wording({ purpose, textVersion }))).id as string;
    const old = await publish('2025');
    const path = `/v1/cases/${caseId}/consents`;
    const given = await missCm.post(path, consent(personId, { purpose, textVersion: '2025' }));
    const current = await publish('2026');
    const retire = () => head.post(`/v1/consent-texts/${old}/retirement`, {}, { ifMatch: 1 });
    expect((await Promise.all([retire(), retire()])).map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await head.post(`/v1/consent-texts/${old}/retirement`, {}, any)).body.code).toBe('consent-text-retired');
    expect((await missCm.post(path, consent(personId, { purpose, textVersion: '2025' }))).status).toBe(422);
    await missCm.ok('post', path, consent(personId, { purpose, textVersion: '2026' }));
    expect(await missCm.ok('get', given.headers.location!)).toMatchObject({ textId: old });
    const ids = async (query: string) =>
      (await missCm.ok('get', `/v1/consent-texts?purpose=${purpose}&${query}`)).data.map((t: { id: string }) => t.id);
    expect([await ids(''), await ids('inUse=true'), await ids('inUse=false')]).toEqual([
      [current, old],
      [current],
      [old],
    ]);
    expect(await ids('language=pl')).toEqual([]);
  });

  it('RACE: of two texts published under one name at the same time one is', async () => {
    const both = await Promise.all(
      ['One', 'Other'].map((text) => head.post('/v1/consent-texts', wording({ textVersion: 'race', text }))),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('names every wrong field, repeats its answer, and belongs to the organisation', async () => {
    const wrong = await head.post('/v1/consent-texts', { kind: 'x', purpose: 'referral', language: 'not one' });
    expect(wrong.body.errors.map((e: { pointer: string }) => e.pointer).sort()).toEqual(
      expect.arrayContaining(['#/kind', '#/language', '#/text', '#/textVersion']),
    );
    const first = await head.post('/v1/consent-texts', wording({ textVersion: 'key' }), { key: 'text-1' });
    const second = await head.post('/v1/consent-texts', wording({ textVersion: 'key' }), { key: 'text-1' });
    expect(second.body).toEqual(first.body);
    const stranger = await lotse.as('stranger');
    expect((await stranger.get(`/v1/consent-texts/${first.body.id}`)).status).toBe(404);
    expect((await stranger.ok('get', '/v1/consent-texts')).data).toEqual([]);
    expect((await missCm.post('/v1/consent-texts', wording({ textVersion: 'mine' }))).status).toBe(403);
  });
});
