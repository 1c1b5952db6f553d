import { randomUUID } from 'node:crypto';
import { demoTenants } from '../src/shared/auth/demo-organisation';
import { runInContext, systemContext } from '../src/shared/context';
import { UnitOfWork } from '../src/shared/database/unit-of-work';
import type { DomainEvent } from '../src/shared/domain/domain-event';
import { CaseFactsStore } from '../src/modules/quality-audit/application/case-facts.store';
import { AuditStory, factsOf, nine } from './support/audit-story';
import { type ApiClient, type Lotse, startLotse } from './support/lotse';
import { openCase } from './support/story';

type Result = {
  caseId: string;
  rule: string;
  result: string;
  evidence: { note: string; href: string }[];
  factsHash: string;
};

const [home, other] = demoTenants;
let lotse: Lotse;
let auditor: ApiClient;
beforeAll(async () => {
  lotse = await startLotse();
  // The stories below are told by events alone; no other module shall answer them with events of its own.
  const { subscribers } = lotse.relay;
  subscribers.splice(0, subscribers.length, ...subscribers.filter(({ name }) => name.startsWith('quality-audit')));
  lotse.at('2026-12-31T09:00:00.000Z');
  auditor = await lotse.as('auditor');
});
afterAll(() => lotse.close());

/** Lets these things happen in the organisation and waits until everybody has heard of them. */
async function happen(events: readonly DomainEvent[], tenantId: string = home.id): Promise<void> {
  const uow = lotse.app.get(UnitOfWork);
  await runInContext(systemContext(tenantId, 'test', 'case_management'), async () => {
    for (const event of events) await uow.run(async () => uow.record(event));
  });
  await lotse.settled();
}
const run = async (scope: object = {}): Promise<string> => (await auditor.ok('post', '/v1/audit-runs', { scope })).id;
const results = async (id: string, query = ''): Promise<Result[]> => {
  const all: Result[] = [];
  for (let cursor = ''; ;) {
    const { data, page } = await auditor.ok('get', `/v1/audit-runs/${id}/results?limit=200${query}${cursor}`);
    all.push(...data);
    if (!page.next) return all;
    cursor = `&cursor=${page.next}`;
  }
};

describe('QA-1 the catalogue', () => {
  it('shows the standards with their checks; rules say what to do', async () => {
    const { body } = await auditor.get('/v1/standards');
    expect(body.version).toBe('2026.1');
    expect(body.standards.map(({ id }: { id: string }) => id)).toEqual([
      'CM1',
      'CM2',
      'CM3',
      'CM4',
      'CM5',
      'CM6',
      'CM7',
      'ORG',
    ]);
    const checks = body.standards.flatMap((standard: { checks: object[] }) => standard.checks);
    expect(checks.filter((check: object) => 'rule' in check)).toHaveLength(12);
  });

  it('shows one standard, and 404 for one that is not there', async () => {
    const { body } = await auditor.get('/v1/standards/CM5');
    expect(body).toMatchObject({ catalogueVersion: '2026.1', id: 'CM5' });
    expect(body.checks[0].rule).toMatchObject({
      id: 'reviews-on-time',
      notes: expect.arrayContaining([expect.objectContaining({ code: 'held-late' })]),
    });
    expect((await auditor.get('/v1/standards/CM9')).status).toBe(404);
  });
});

describe('QA-3 an audit run', () => {
  const good = new AuditStory();
  const poor = new AuditStory();
  const foreign = new AuditStory();
  let runId: string;
  beforeAll(async () => {
    await happen(good.byTheBook());
    await happen([
      poor.opened({ responsible: 'mr-cm', team: 'employment', criteriaMetAndReasoned: false, at: nine('2026-10-01') }),
      poor.phase('assessment', '2026-10-02'),
      poor.passed('2026-10-03'),
      poor.referral('sent', '2026-10-03'),
      poor.reviewScheduled('2026-11-01'),
    ]);
    await happen(foreign.byTheBook(), other.id);
    runId = await run();
  });

  it('examines every case of the organisation, and no other, by all rules', async () => {
    const { body, headers } = await auditor.get(`/v1/audit-runs/${runId}`);
    expect(body).toMatchObject({
      version: 1,
      status: 'completed',
      scope: {},
      catalogueVersion: '2026.1',
      asOf: '2026-12-31',
      cases: 2,
      startedBy: auditor.subject,
    });
    expect(headers.etag).toBe('"1"');
    expect(new Date(body.dataTime).toISOString()).toBe(nine('2026-10-03'));
    expect(body.summary).toHaveLength(12);
    expect(body.summary[0]).toEqual({ rule: 'request-screened', met: 1, notMet: 1, notApplicable: 0, rate: 50 });
    expect(new Set((await results(runId)).map(({ caseId }) => caseId))).toEqual(new Set([good.caseId, poor.caseId]));
  });

  it('says for each case and rule what was found, and where to look', async () => {
    const all = await results(runId);
    expect(all).toHaveLength(24);
    expect(all.filter(({ caseId, result }) => caseId === good.caseId && result !== 'met')).toEqual([]);
    const findings = all.filter(({ result }) => result === 'not_met');
    expect(findings.map(({ caseId, rule, evidence }) => [caseId, rule, ...evidence.map(({ note }) => note)])).toEqual([
      [poor.caseId, 'agreement-signed-with-consent', 'agreement-missing'],
      [poor.caseId, 'consent-before-disclosure', 'consent-missing'],
      [poor.caseId, 'referrals-followed-up', 'unanswered-too-long'],
      [poor.caseId, 'request-screened', 'criteria-incomplete'],
      [poor.caseId, 'reviews-on-time', 'overdue'],
    ]);
    expect(findings[2]!.evidence[0]!.href).toBe(`/v1/referrals/${poor.referralId}`);
    expect(await results(runId, '&result=not_met')).toEqual(findings);
    expect(await results(runId, `&rule=reviews-on-time&caseId=${good.caseId}`)).toEqual(
      all.filter(({ caseId, rule }) => caseId === good.caseId && rule === 'reviews-on-time'),
    );
    expect(await results(runId, '&result=met&rule=request-screened')).toHaveLength(1);
  });

  it('announces its end without naming anybody', async () => {
    expect(await lotse.sql(`select payload from platform.event where aggregate_id = $1`, [runId])).toEqual([
      {
        payload: {
          caseId: null,
          aggregateId: runId,
          catalogueVersion: '2026.1',
          cases: 2,
          findings: 5,
          at: '2026-12-31T09:00:00.000Z',
        },
      },
    ]);
  });

  it('gives the same results for the same input', async () => {
    expect(await results(await run())).toEqual(await results(runId));
  });

  it('keeps its results when the case goes on; a new run sees the change', async () => {
    const before = await results(runId);
    await happen([poor.referral('declined', '2026-12-30', 'no_capacity'), poor.reviewHeld('2026-11-01', '2026-11-02')]);
    expect(await results(runId)).toEqual(before);
    const hash = (all: Result[], caseId: string) => all.find((r) => r.caseId === caseId)!.factsHash;
    const after = await results(await run());
    expect(after.find(({ caseId, rule }) => caseId === poor.caseId && rule === 'reviews-on-time')!.result).toBe('met');
    expect(hash(after, poor.caseId)).not.toBe(hash(before, poor.caseId));
    expect(hash(after, good.caseId)).toBe(hash(before, good.caseId));
  });

  it('cannot be changed afterwards, not even by the owner of the tables', async () => {
    await expect(lotse.sql('update quality_audit.audit_run set cases = 0 where id = $1', [runId])).rejects.toThrow(
      'append-only',
    );
    await expect(
      lotse.sql(`update quality_audit.audit_result set result = 'met' where run_id = $1`, [runId]),
    ).rejects.toThrow('append-only');
    await expect(lotse.sql('delete from quality_audit.audit_result where run_id = $1', [runId])).rejects.toThrow(
      'append-only',
    );
  });

  it('is narrowed by period, responsible case manager and team', async () => {
    const cases = async (scope: object) => [...new Set((await results(await run(scope))).map(({ caseId }) => caseId))];
    expect(await cases({ period: { to: '2026-06-30' } })).toEqual([good.caseId]);
    expect(await cases({ period: { from: '2026-09-03' } })).toEqual([poor.caseId]);
    expect((await cases({ period: { from: '2026-09-02', to: '2026-10-01' } })).sort()).toEqual(
      [good.caseId, poor.caseId].sort(),
    );
    expect(await cases({ responsible: 'mr-cm' })).toEqual([poor.caseId]);
    expect(await cases({ team: 'hospital' })).toEqual([good.caseId]);
    expect(await cases({ team: 'hospital', responsible: 'mr-cm' })).toEqual([]);
  });

  it('lists the runs, the latest first, page by page', async () => {
    const first = await auditor.ok('get', '/v1/audit-runs?limit=1');
    const second = await auditor.ok('get', `/v1/audit-runs?limit=1&cursor=${first.page.next}`);
    expect(first.data[0].id > second.data[0].id).toBe(true);
  });

  it('names every wrong field', async () => {
    const bad = await auditor.post('/v1/audit-runs', {
      scope: { period: { from: 'May' }, sample: { size: 0, seed: 's' }, person: 'x' },
    });
    expect(bad.status).toBe(422);
    expect(bad.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
      expect.arrayContaining(['#/scope/period/from', '#/scope/sample/size', '#/scope/person']),
    );
    const period = await auditor.post('/v1/audit-runs', {
      scope: { period: { from: '2026-02-01', to: '2026-01-01' } },
    });
    expect(period.body.errors).toMatchObject([{ pointer: '#/scope/period/to', code: 'period-ends-before-start' }]);
    expect((await auditor.get(`/v1/audit-runs/${runId}/results?rule=unknown&result=good`)).body.errors).toHaveLength(2);
  });

  it('runs once for the same key', async () => {
    const first = await auditor.post('/v1/audit-runs', { scope: {} }, { key: 'audit-2026' });
    const again = await auditor.post('/v1/audit-runs', { scope: {} }, { key: 'audit-2026' });
    expect(again.body).toEqual(first.body);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const stored = await lotse.sql<{
      runs: number;
    }>(`select count(distinct run_id)::int as runs from quality_audit.audit_result r
      where not exists (select 1 from quality_audit.audit_run a where a.tenant_id = r.tenant_id and a.id = r.run_id)`);
    expect(stored).toEqual([{ runs: 0 }]);
  });

  it('is for auditors and the leadership to start, and not there for another organisation', async () => {
    for (const key of ['miss-cm', 'team-lead', 'mr-x'])
      expect((await (await lotse.as(key)).post('/v1/audit-runs', { scope: {} })).status).toBe(403);
    expect((await (await lotse.as('team-lead')).get(`/v1/audit-runs/${runId}`)).status).toBe(200);
    const stranger = await lotse.as('auditor', { tenantId: other.id });
    for (const path of [`/v1/audit-runs/${runId}`, `/v1/audit-runs/${runId}/results`, `/v1/audit-runs/${randomUUID()}`])
      expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.get('/v1/audit-runs')).body.data).toEqual([]);
    const theirs = await stranger.ok('post', '/v1/audit-runs', { scope: {} });
    expect((await stranger.get(`/v1/audit-runs/${theirs.id}`)).body.cases).toBe(1);
  });

  it('reading the results of cases is written to the access log', async () => {
    await results(runId, `&caseId=${poor.caseId}`);
    const [access] = await lotse.sql<{ purpose: string; ids: string[] }>(
      `select purpose, resource_ids as ids from platform.access_log where resource_type = 'case' order by recorded_at desc limit 1`,
    );
    expect(access).toMatchObject({ purpose: 'quality_audit' });
    expect(new Set(access!.ids)).toEqual(new Set([poor.caseId]));
  });
});

describe('QA-2 the course of a real case', () => {
  it('is judged by what happened through the API, and the evidence can be opened', async () => {
    const opened = await openCase(lotse, { as: 'mr-cm', client: null });
    await lotse.settled();
    const found = await results(await run(), `&caseId=${opened.caseId}`);
    expect(found.filter(({ result }) => result !== 'not_applicable').map(({ rule, result }) => [rule, result])).toEqual(
      [
        ['agreement-signed-with-consent', 'met'],
        ['request-screened', 'met'],
      ],
    );
    const links = found.flatMap(({ evidence }) => evidence.map(({ href }) => href));
    expect(links).toEqual([`/v1/consents/${opened.consentId}`, `/v1/case-requests/${opened.requestId}`]);
    for (const href of links) expect((await auditor.get(href)).status).toBe(200);
  });
});

describe('QA-2 facts', () => {
  it('loses nothing when two changes of one case meet', async () => {
    const story = new AuditStory();
    const store = lotse.app.get(CaseFactsStore);
    const uow = lotse.app.get(UnitOfWork);
    await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        runInContext(systemContext(home.id, 'test', 'case_management'), () =>
          uow.run(async () => {
            await uow.lock();
            await store.change(story.caseId, nine('2026-12-31'), (facts) => ({
              ...facts,
              phases: [...facts.phases, { phase: `p${i}`, at: nine('2026-01-01') }],
            }));
          }),
        ),
      ),
    );
    const [row] = await lotse.sql<{ n: number }>(
      "select jsonb_array_length(facts->'phases') as n from quality_audit.case_facts where case_id = $1",
      [story.caseId],
    );
    expect(row!.n).toBe(8);
  });
});

describe('QA-3 many cases', () => {
  const CASES = 2000;
  beforeAll(async () => {
    const rows = Array.from({ length: CASES }, (_, i) => {
      const story = new AuditStory();
      const facts = factsOf(
        ...(i % 4 === 0 ? story.byTheBook().slice(0, 12) : story.byTheBook()),
        ...(i % 10 === 0 ? [story.passed('2026-09-01', { recipientId: story.caseId })] : []),
      );
      return { case_id: story.caseId, facts };
    });
    await lotse.sql(
      `insert into quality_audit.case_facts (tenant_id, case_id, facts, opened_on, responsible, team, updated_at)
       select $1, r.case_id, r.facts, '2026-01-06', 'many', 'many', now() from jsonb_to_recordset($2::jsonb) as r(case_id uuid, facts jsonb)`,
      [home.id, JSON.stringify(rows)],
    );
  });

  it('runs over 2,000 cases in one go, quickly and twice with equal results', async () => {
    const started = performance.now();
    const first = await run({ team: 'many' });
    const seconds = (performance.now() - started) / 1000;
    expect(seconds).toBeLessThan(10);
    const { body } = await auditor.get(`/v1/audit-runs/${first}`);
    expect(body.cases).toBe(CASES);
    expect(body.summary.find(({ rule }: { rule: string }) => rule === 'consent-before-disclosure')).toMatchObject({
      notMet: CASES / 10,
    });
    const second = await run({ team: 'many' });
    const written = 'select case_id, rule, result, evidence, facts_hash from quality_audit.audit_result where run_id =';
    const different = await lotse.sql(
      `(${written} $1 except ${written} $2) union all (${written} $2 except ${written} $1)`,
      [first, second],
    );
    expect(different).toEqual([]);
    expect((await auditor.get(`/v1/audit-runs/${second}`)).body.summary).toEqual(body.summary);
  });

  it('draws the same sample for the same seed, and another for another', async () => {
    const drawn = async (seed: string) => [
      ...new Set(
        (await results(await run({ team: 'many', sample: { size: 20, seed } }), '&rule=request-screened')).map(
          ({ caseId }) => caseId,
        ),
      ),
    ];
    const first = await drawn('2026-q1');
    expect(first).toHaveLength(20);
    expect(await drawn('2026-q1')).toEqual(first);
    expect(await drawn('2026-q2')).not.toEqual(first);
  });
});
