import { type Lotse, startLotse } from './support/lotse';
import { openCase } from './support/story';

let lotse: Lotse;
beforeAll(async () => {
  lotse = await startLotse();
});
afterAll(() => lotse.close());

type Register = {
  activities: {
    purpose: string;
    name: { de: string };
    roles: string[];
    scopes: { scope: string }[];
    tables: string[];
  }[];
  data: { table: string; about: string[]; keptBy: string[]; columns: { column: string; kind: string }[] }[];
  recipients: { flow: string; kind: string; passedOn: number; recipients: number }[];
  retention: { kind: string; years: number; edition: number }[];
  measures: { code: string }[];
};

it('CONS-6: the register of processing activities says what the code does, and follows what the organisation sets', async () => {
  const [dpo, admin, missCm] = [await lotse.as('dpo'), await lotse.as('org-admin'), await lotse.as('miss-cm')];
  expect((await missCm.get('/v1/processing-activities')).status).toBe(403);
  const register: Register = await dpo.ok('get', '/v1/processing-activities');
  const of = (purpose: string) => register.activities.find((activity) => activity.purpose === purpose)!;
  expect(of('case_management').roles).toEqual(expect.arrayContaining(['case_manager', 'team_lead']));
  expect(of('case_management').tables).toEqual(
    expect.arrayContaining(['cases.journal_entry', 'consent.consent', 'service_plan.service_plan']),
  );
  // Whoever keeps the directory never comes near a case.
  expect(of('network_management')).toMatchObject({ roles: ['network_manager'], name: { de: expect.any(String) } });
  expect([...new Set(of('network_management').tables.map((table) => table.split('.')[0]))]).toEqual(['network']);
  for (const activity of register.activities)
    expect([activity.purpose, activity.name]).toEqual([activity.purpose, expect.any(Object)]);

  const journal = register.data.find(({ table }) => table === 'cases.journal_entry')!;
  expect(journal).toMatchObject({ about: ['case'], keptBy: ['case_file_adult', 'case_file_sgb8'] });
  expect(journal.columns).toContainEqual(expect.objectContaining({ column: 'text', kind: 'special' }));
  expect(register.data.length).toBeGreaterThan(35);
  expect(register.measures.length).toBeGreaterThan(5);
  expect(register.recipients).toEqual([]);

  const { default: terms } = await dpo.ok('get', '/v1/retention-rules/case_file_adult');
  await admin.ok(
    'put',
    '/v1/retention-rules/case_file_adult',
    { ...terms, years: 8, reason: 'Board' },
    { ifMatch: '*' },
  );
  const { caseId, personId } = await openCase(lotse, { client: null });
  const recipient = { kind: 'organisation', id: '0d7c6f0e-3b0a-4c53-9d55-0000000000aa', name: 'Payer' };
  await missCm.ok('post', `/v1/cases/${caseId}/consents`, {
    ...{ personId, kind: 'disclosure', purpose: 'coordination', categories: ['identity'], recipients: [recipient] },
    ...{ form: 'written', language: 'de', textVersion: 'v1', givenBy: { kind: 'client', name: 'Y' } },
    ...{ consequencesExplained: true, withdrawalExplained: true, personBirthDate: '1971-04-12' },
    evidence: { kind: 'scan', reference: 'sheet 3' },
  });
  await missCm.ok(
    'post',
    `/v1/cases/${caseId}/informed-parties`,
    { recipient, role: 'payer', categories: ['identity'] },
    { ifMatch: '*' },
  );
  const later: Register = await admin.ok('get', '/v1/processing-activities');
  expect(later.retention.find(({ kind }) => kind === 'case_file_adult')).toMatchObject({ years: 8, edition: 1 });
  expect(later.recipients).toEqual([{ flow: 'informed_party', kind: 'organisation', passedOn: 1, recipients: 1 }]);
  const stranger = await lotse.asUser({
    subject: 's',
    tenantId: '0d7c6f0e-3b0a-4c53-9d55-000000000002',
    roles: ['org_admin'],
  });
  expect(await stranger.ok('get', '/v1/processing-activities')).toMatchObject({ recipients: [] });
});
