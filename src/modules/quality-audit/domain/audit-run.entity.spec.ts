import { AuditStory, factsOf, nine } from '../../../../test/support/audit-story';
import { InvalidInput } from '../../../shared/domain/errors';
import { AuditRun } from './audit-run.entity';
import { examine } from './rules';

const stamp = { by: 'auditor', at: nine('2026-12-31') };
const runOver = (...stories: ReturnType<typeof factsOf>[]): AuditRun => {
  const run = AuditRun.start({}, stamp);
  for (const facts of stories) run.count(examine(facts, run.id, run.asOf), facts.lastEventAt);
  run.complete(stamp);
  return run;
};
const good = factsOf(...new AuditStory().byTheBook());
const poor = factsOf(new AuditStory().opened({ criteriaMetAndReasoned: false }));

describe('QA-3 an audit run', () => {
  it('QA-3: freezes the catalogue, the day it judges by and the time of its data', () => {
    expect(runOver(poor, good)).toMatchObject({
      catalogueVersion: '2026.1',
      asOf: '2026-12-31',
      dataTime: new Date(nine('2026-09-02')),
      status: 'completed',
      cases: 2,
      startedBy: 'auditor',
    });
  });

  it('QA-3: sums up every rule over its cases; the rate leaves out what could not be judged', () => {
    const { summary } = runOver(good, poor, good);
    expect(summary).toHaveLength(12);
    expect(summary[0]).toEqual({ rule: 'request-screened', met: 2, notMet: 1, notApplicable: 0, rate: 67 });
    expect(summary[1]).toEqual({ rule: 'danger-addressed-first', met: 2, notMet: 0, notApplicable: 1, rate: 100 });
  });

  it('QA-3: announces how many cases were examined and how many findings there are', () => {
    const run = runOver(good, poor);
    expect(run.pullEvents()).toEqual([
      { caseId: null, aggregateId: run.id, catalogueVersion: '2026.1', cases: 2, findings: 1, at: stamp.at },
    ]);
  });

  it('QA-3: a run that finds no case in its scope has no rates and no time of data', () => {
    const run = runOver();
    expect(run).toMatchObject({ cases: 0, dataTime: null });
    expect(run.summary.every(({ rate }) => rate === null)).toBe(true);
  });

  it('QA-3: a period cannot end before it begins', () => {
    expect(() => AuditRun.start({ period: { from: '2026-02-01', to: '2026-01-31' } }, stamp)).toThrow(InvalidInput);
    expect(AuditRun.start({ period: { from: '2026-01-31', to: '2026-01-31' } }, stamp).cases).toBe(0);
  });
});
