import { InvalidInput, RuleBroken } from '../../../shared/domain/errors';
import { type ErasureItem, ErasureRun } from './erasure-run.entity';
import { LegalHold } from './legal-hold.entity';
import { keptSince, keptUntil, later } from './period';
import { RetainedFile } from './retained-file.entity';
import { RetentionRule } from './retention-rule.entity';
import { DEFAULT_RULES, type RuleKind } from './rule.words';

const stamp = (by = 'dpo', at = '2026-03-02T09:00:00.000Z') => ({ by, at });
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof RuleBroken) return error.code;
    if (error instanceof InvalidInput) return error.faults.map(({ pointer }) => pointer).join();
    throw error;
  }
  return 'done';
};
const inForce = (kind: RuleKind) => ({ terms: DEFAULT_RULES[kind], edition: 0 });

describe('CONS-6 periods', () => {
  it('end with the same day, or the last of a shorter month', () => {
    expect(later('2026-03-02', { years: 1, months: 2, days: 3 })).toBe('2027-05-05');
    expect(later('2024-02-29', { years: 1, months: 0, days: 0 })).toBe('2025-02-28');
    expect(later('2026-08-31', { years: 0, months: 6, days: 0 })).toBe('2027-02-28');
    expect(later('2027-02-28', { years: -1, months: 0, days: 0 })).toBe('2026-02-28');
  });

  it('a file of an adult is kept ten years to the end of the year', () => {
    expect(keptUntil(DEFAULT_RULES.case_file_adult, { endedOn: '2026-05-01', birthDate: null })).toBe('2036-12-31');
  });

  it('SGB VIII § 9b (2): a file of youth welfare is kept 70 years after the 30th birthday, whenever it ended', () => {
    const until = (birthDate: string | null) =>
      keptUntil(DEFAULT_RULES.case_file_sgb8, { endedOn: '2026-05-01', birthDate });
    expect([until('2011-02-03'), until('2008-02-29'), until(null)]).toEqual(['2111-02-03', '2108-02-28', null]);
    // Somebody older than a hundred: not before the file is ended.
    expect(until('1920-01-01')).toBe('2026-05-01');
  });

  it('what is kept for good has no last day', () => {
    const rule = { ...DEFAULT_RULES.case_file_adult, action: 'keep' as const };
    expect(keptUntil(rule, { endedOn: '2026-05-01', birthDate: null })).toBeNull();
  });

  it('BDSG § 76 (4): entries of a log are kept to the end of the year after', () => {
    expect(keptSince(DEFAULT_RULES.access_log, '2027-12-31')).toBe('2026-01-01');
    expect(keptSince(DEFAULT_RULES.access_log, '2028-01-01')).toBe('2027-01-01');
    expect(keptSince(DEFAULT_RULES.person_without_file, '2026-08-15')).toBe('2026-02-15');
  });
});

describe('CONS-6 the file of a case', () => {
  const file = (field = 'health') => RetainedFile.begin('case', 'c1', 'p1', field);

  it('has no last day while it is open', () => {
    const open = file();
    open.schedule(inForce, null);
    expect([open.terms, open.dueOn]).toEqual([[], null]);
  });

  it('goes last: nothing in it is kept longer than the file itself', () => {
    const closed = file();
    closed.end('2026-05-01');
    const shortFile = (kind: RuleKind) =>
      kind === 'case_file_adult'
        ? { terms: { ...DEFAULT_RULES[kind], years: 3, toYearEnd: false }, edition: 1 }
        : inForce(kind);
    closed.schedule(shortFile, null);
    expect(closed.terms).toEqual([
      { kind: 'case_file_adult', edition: 1, keptUntil: '2036-05-01' },
      { kind: 'medical_record', edition: 0, keptUntil: '2036-05-01' },
      { kind: 'consent_record', edition: 0, keptUntil: '2029-12-31' },
    ]);
    expect(closed.dueOn).toBe('2029-12-31');
    expect(closed.dueAt('2029-12-31')).toEqual([]);
    expect(closed.dueAt('2030-01-01').map(({ kind }) => kind)).toEqual(['consent_record']);
    closed.erase('consent_record');
    expect([closed.dueOn, closed.dueAt('2030-01-01')]).toEqual(['2036-05-01', []]);
  });

  it('of the field youth is a file under SGB VIII, unless somebody says otherwise with a reason', () => {
    const youth = file('youth');
    expect(youth.fileKind).toBe('case_file_sgb8');
    youth.classify('case_file_adult', 'Counselling of a grown-up in a home', stamp());
    expect(youth.fileKind).toBe('case_file_adult');
    expect(youth.pullEvents()).toMatchObject([{ caseId: 'c1', kind: 'case_file_adult' }]);
    const request = RetainedFile.begin('request', 'r1', 'p1', 'youth');
    expect(codeOf(() => request.classify('case_file_adult', 'x', stamp()))).toBe('file-is-no-case');
  });

  it('taken up again it has no last day any more', () => {
    const closed = file();
    closed.end('2026-05-01');
    closed.schedule(inForce, null);
    closed.reopen();
    expect([closed.endedOn, closed.terms, closed.dueOn]).toEqual([null, [], null]);
  });

  it('what is recorded after it was taken up again has its own time, also of a kind that was erased before', () => {
    const closed = file();
    closed.end('2026-05-01');
    closed.schedule(inForce, null);
    closed.erase('consent_record');
    closed.reopen();
    closed.end('2031-02-01');
    closed.schedule(inForce, null);
    expect(closed.dueAt('2035-01-01').map(({ kind }) => kind)).toEqual(['consent_record']);
    expect(closed.openKinds).toContain('consent_record');
  });

  it('a request that became a case has no end of its own', () => {
    const request = RetainedFile.begin('request', 'r1', 'p1', 'health');
    request.end('2026-05-01');
    request.becomeCase('c1');
    request.schedule(inForce, null);
    expect(request.dueOn).toBeNull();
  });
});

describe('CONS-6 rules', () => {
  const rule = (kind: RuleKind) => RetentionRule.initial(kind);
  const set = (kind: RuleKind, more: object) =>
    codeOf(() => rule(kind).set({ ...DEFAULT_RULES[kind], ...more }, 'Because', stamp()));

  it('BGB § 630f (3): the law sets the least, more is possible', () => {
    expect(set('medical_record', { years: 9 })).toBe('retention-below-law');
    expect(set('medical_record', { years: 15 })).toBe('done');
    expect(set('medical_record', { duty: false })).toBe('retention-below-law');
    expect(set('case_file_sgb8', { birthday: 18 })).toBe('retention-below-law');
    expect(set('case_file_sgb8', { action: 'keep' })).toBe('done');
  });

  it('wrong fields are all named', () => {
    expect(set('case_file_adult', { start: 'birthday', years: 0 })).toBe('#/birthday,#/years');
    expect(set('export', { start: 'file_end' })).toBe('#/start');
    expect(set('idempotency', { days: 3 })).toBe('retention-rule-fixed');
  });
});

describe('CONS-6 holds', () => {
  const place = (more: object) =>
    LegalHold.place('case', 'c1', { reason: 'Claim', until: null, reviewOn: '2026-09-01', ...more }, stamp());

  it('have an end, or a day on which somebody looks again, that is not over', () => {
    expect(codeOf(() => place({ reviewOn: null }))).toBe('#/reviewOn');
    expect(codeOf(() => place({ until: '2026-03-01', reviewOn: '2026-03-01' }))).toBe('#/until,#/reviewOn');
    expect(place({ until: '2026-03-02' }).pullEvents()).toMatchObject([
      { kind: 'case', caseId: 'c1', subjectId: 'c1' },
    ]);
  });

  it('protect the record that a person was merged into', () => {
    const hold = place({}).carryTo('p2', stamp('system', '2027-01-01T00:00:00.000Z'));
    expect(hold).toMatchObject({ kind: 'person', subjectId: 'p2', reviewOn: '2026-09-01', lifted: null });
    expect(hold.pullEvents()).toMatchObject([{ kind: 'person', caseId: null, subjectId: 'p2' }]);
  });

  it('are lifted once', () => {
    const hold = place({});
    hold.lift('Settled', stamp());
    expect(codeOf(() => hold.lift('Again', stamp()))).toBe('hold-lifted');
  });
});

describe('CONS-6 an erasure', () => {
  const item = (id: string, more: Partial<ErasureItem> = {}): ErasureItem => ({
    ...{ kind: 'case_file_adult', of: 'case', id, edition: 0, keptUntil: '2036-12-31' },
    ...more,
  });
  const proposed = (...items: ErasureItem[]) => ErasureRun.propose(items, null, stamp());

  it('of nothing is not proposed', () => {
    expect(codeOf(() => proposed())).toBe('nothing-due');
    expect(codeOf(() => ErasureRun.propose([], 'p1', stamp()))).toBe('nothing-to-erase-yet');
  });

  it('needs a second person, and is decided once', () => {
    const run = proposed(item('c1'));
    expect(run.next(10)).toEqual([]);
    expect(codeOf(() => run.release(stamp('dpo')))).toBe('second-person-needed');
    run.release(stamp('head'));
    expect(run.next(10)).toHaveLength(1);
    expect(codeOf(() => run.release(stamp('head')))).toBe('run-not-proposed');
    expect(codeOf(() => run.discard('other', stamp('head')))).toBe('run-not-proposed');
  });

  it('counts what was done, says what was left out and why, and names nobody at the end', () => {
    const run = ErasureRun.propose([item('c1'), item('c2'), item('c3')], 'p1', stamp());
    run.release(stamp('head'));
    const [one, two, three] = run.next(3);
    run.erased(one!, [{ table: 'cases.case', how: 'deleted', rows: 1 }], 1);
    run.advance('2026-03-02T10:00:00.000Z');
    run.erased(two!, [{ table: 'cases.case', how: 'deleted', rows: 1 }], 0);
    run.leaveOut(three!, 'on_hold');
    run.advance('2026-03-02T10:00:01.000Z');
    expect(run).toMatchObject({ state: 'done', items: [], personId: null });
    expect(run.protocol).toEqual({
      kinds: [{ kind: 'case_file_adult', edition: 0, erased: 2 }],
      leftOut: [{ kind: 'case_file_adult', why: 'on_hold', count: 1 }],
      persons: 1,
      rows: [{ table: 'cases.case', how: 'deleted', rows: 2 }],
    });
    expect(JSON.stringify([run.protocol, run.items])).not.toMatch(/c1|c2|c3|p1/);
    expect(run.pullEvents().map((event) => (event.constructor as unknown as { type: string }).type)).toEqual([
      ...['retention.erasure_proposed', 'retention.erasure_released', 'retention.erasure_advanced'],
      'retention.erasure_completed',
    ]);
  });

  it('discarded it keeps no list either', () => {
    const run = proposed(item('c1'));
    run.discard('dispute', stamp('dpo'));
    expect(run).toMatchObject({ state: 'discarded', items: [], decision: { by: 'dpo', reason: 'dispute' } });
  });
});
