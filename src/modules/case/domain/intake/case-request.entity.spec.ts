import { RuleBroken } from '../../../../shared/domain/errors';
import { CaseRequest } from './case-request.entity';
import { CRITERIA, type Criterion, type CriterionAnswer } from './intake.words';
import type { ScreeningDraft } from './screening';
import { type QuestionSetInForce, answerQuestions } from './screening-questions';

const stamp = { by: 'miss-cm', at: '2026-03-02T09:00:00.000Z' };
const later = { by: 'team-lead', at: '2026-03-03T09:00:00.000Z' };
const asked = {
  askedBy: 'hospital',
  channel: 'phone',
  concern: 'Stroke',
  fieldOfPractice: 'health',
  acuteDanger: null,
} as const;
const text = { en: 'x', de: 'x' };
const request = (more: object = {}) => CaseRequest.record('p1', { ...asked, ...more }, stamp);
const draft = (
  answers: Partial<Record<Criterion, CriterionAnswer>> = {},
  more: Partial<ScreeningDraft> = {},
): ScreeningDraft => ({
  criteria: CRITERIA.map((criterion) => ({
    criterion,
    answer: answers[criterion] ?? 'met',
    reason: 'Seen in two talks',
  })),
  competent: { answer: true, reason: 'Our district' },
  otherLead: null,
  ...more,
});
const screened = (given = draft()) => {
  const found = request();
  found.draftScreening(given);
  found.completeScreening(stamp);
  return found;
};
const decline = {
  reason: 'capacity',
  explanation: 'No place',
  referredOnTo: 'Debt advice',
  complaintProcedureExplained: true,
  confirmedBy: null,
} as const;
const history = { ...decline, reason: 'earlier_history', confirmedBy: 'team-lead' } as const;
const [lead, worker] = [{ isTeamLead: true }, { isTeamLead: false }];
const types = (found: CaseRequest) => found.pullEvents().map((event) => event.constructor.name);
const refusal = (step: () => unknown): RuleBroken => {
  try {
    step();
  } catch (error) {
    if (error instanceof RuleBroken) return error;
    throw error;
  }
  throw new Error('was not refused');
};

describe('acute danger', () => {
  it('CASE-2: a request that comes with a danger says so', () =>
    expect(types(request({ acuteDanger: { kind: 'child', note: null } }))).toEqual([
      'RequestRecorded',
      'AcuteDangerRaised',
    ]));

  it('CASE-2: the screening is not completed while a danger is unaddressed', () => {
    const found = request({ acuteDanger: { kind: 'violence', note: null } });
    found.draftScreening(draft());
    expect(refusal(() => found.completeScreening(stamp)).code).toBe('danger-unaddressed');
    found.recordCrisisIntervention({ measures: 'Called', doneBy: 'CM', addressed: false, handedTo: null }, stamp);
    expect(refusal(() => found.completeScreening(stamp)).code).toBe('danger-unaddressed');
    found.recordCrisisIntervention(
      {
        measures: 'Shelter',
        doneBy: 'Police',
        addressed: true,
        handedTo: 'Youth office',
        at: '2026-03-02T10:00:00+02:00',
      },
      stamp,
    );
    found.completeScreening(stamp);
    expect(found.screeningFacts).toEqual({
      criteriaMetAndReasoned: true,
      acuteDanger: true,
      dangerAddressedAt: '2026-03-02T08:00:00.000Z',
      screenedAt: stamp.at,
    });
  });

  it('CASE-2: a new danger counts as unaddressed again, and nobody in danger is sent away', () => {
    const found = request({ acuteDanger: { kind: 'medical', note: null } });
    found.recordCrisisIntervention(
      { measures: 'Ambulance', doneBy: 'CM', addressed: true, handedTo: 'Hospital' },
      stamp,
    );
    found.raiseDanger({ kind: 'self_harm', note: null }, later);
    expect(refusal(() => found.declineWith(decline, worker, later)).code).toBe('danger-unaddressed');
  });

  it('CASE-2: what was done belongs to a danger that was raised, and lies in the past', () => {
    const done = { measures: 'x', doneBy: 'y', addressed: true, handedTo: null };
    expect(refusal(() => request().recordCrisisIntervention(done, stamp)).code).toBe('no-danger-raised');
    const found = request({ acuteDanger: { kind: 'child', note: null } });
    expect(() => found.recordCrisisIntervention({ ...done, at: '2026-03-02T09:00:01Z' }, stamp)).toThrow(
      'invalid input',
    );
    expect(() => request({ receivedAt: '2026-03-02T23:59:60Z' })).toThrow('invalid input');
  });
});

describe('screening', () => {
  it('CASE-3: case management is indicated when all six criteria are met, we are competent and nobody else leads', () => {
    const found = screened();
    expect(found.status).toBe('indicated');
    expect(found.pullEvents().at(-1)).toMatchObject({ outcome: 'indicated', unmetCriteria: [] });
  });

  it.each<[string, ScreeningDraft, string[]]>([
    ['one criterion is not met', draft({ several_providers: 'not_met' }), ['several_providers']],
    ['one criterion stays unclear', draft({ longer_term: 'unclear' }), ['longer_term']],
    ['we are not competent', draft({}, { competent: { answer: false, reason: 'Other district' } }), ['not_competent']],
    ['another service leads already', draft({}, { otherLead: { who: 'Clinic', offeredServices: [] } }), ['other_lead']],
  ])('CASE-3: it is not indicated when %s', (_, given, unmet) => {
    const found = screened(given);
    expect(found.status).toBe('not_indicated');
    expect(found.pullEvents().at(-1)).toMatchObject({ outcome: 'not_indicated', unmetCriteria: unmet });
  });

  it('CASE-3: it is not completed before everything is answered with a reason', () => {
    const found = request();
    const { criteria } = draft();
    found.draftScreening({
      criteria: criteria.slice(2).map((c, i) => (i === 0 ? { ...c, reason: ' ' } : c)),
      competent: null,
      otherLead: null,
    });
    expect(refusal(() => found.completeScreening(stamp))).toMatchObject({
      code: 'screening-incomplete',
      facts: {
        unmet: [
          'complex-need-unanswered',
          'several-providers-unanswered',
          'regular-pathways-insufficient-unanswered',
          'competence-unanswered',
        ],
      },
    });
  });

  it('CASE-3: a completed screening is not changed', () => {
    expect(refusal(() => screened().draftScreening(draft())).code).toBe('screening-completed');
    expect(refusal(() => screened().completeScreening(stamp)).code).toBe('screening-completed');
  });

  it('CASE-3: developing consent is enough for the screening', () =>
    expect(screened()).toMatchObject({ status: 'indicated' }));

  it('CASE-3: the screening keeps the edition of the added questions; required ones are answered before completion', () => {
    const questions = (required: boolean): QuestionSetInForce => ({
      id: 'q1',
      edition: 3,
      questions: [
        { code: 'alone', type: 'yes_no', text, options: [], required, yesSupports: true },
        { code: 'helped', type: 'yes_no', text, options: [], required: false, yesSupports: false },
        { code: 'since', type: 'number', text, options: [], required: false, yesSupports: null },
      ],
    });
    const found = request();
    found.draftScreening(draft(), answerQuestions(questions(true), {}, '#/answers'));
    expect(refusal(() => found.completeScreening(stamp)).facts).toEqual({
      unmet: ['added-questions-unanswered'],
      unansweredQuestions: ['alone'],
    });
    found.draftScreening(draft(), answerQuestions(questions(true), { alone: false, helped: false, since: 2 }, '#'));
    found.completeScreening(stamp);
    expect(found).toMatchObject({
      status: 'indicated',
      screening: { questionSet: { id: 'q1', edition: 3 }, supporting: ['helped'], opposing: ['alone'], unanswered: [] },
    });
  });

  it('CASE-3: added questions decide nothing: what they support does not make up for a criterion', () => {
    const set: QuestionSetInForce = {
      id: 'q1',
      edition: 1,
      questions: [{ code: 'alone', type: 'yes_no', text, options: [], required: true, yesSupports: true }],
    };
    const found = request();
    found.draftScreening(draft({ longer_term: 'not_met' }), answerQuestions(set, { alone: true }, '#'));
    found.completeScreening(stamp);
    expect(found).toMatchObject({ status: 'not_indicated' });
  });

  it('CASE-3: no criterion is answered twice', () => {
    const { criteria } = draft();
    expect(() => request().draftScreening(draft({}, { criteria: [...criteria.slice(0, 5), criteria[0]!] }))).toThrow(
      'invalid input',
    );
  });
});

describe('acceptance', () => {
  it('CASE-5: only an indicated request becomes a case, once', () => {
    expect(refusal(() => request().accept('c1')).code).toBe('screening-not-completed');
    expect(refusal(() => request().screeningFacts).facts.unmet).toHaveLength(7);
    expect(refusal(() => screened(draft({ longer_term: 'not_met' })).accept('c1')).code).toBe('request-not-indicated');
    const found = screened();
    found.accept('c1');
    expect(found).toMatchObject({ status: 'accepted', caseId: 'c1' });
    expect(refusal(() => found.accept('c2'))).toMatchObject({
      code: 'request-finished',
      facts: { caseId: 'c1' },
    });
    expect(refusal(() => found.raiseDanger({ kind: 'child', note: null }, stamp)).code).toBe('request-finished');
  });
});

describe('decline', () => {
  it('CASE-4: records why, where to, and that the complaint procedure was explained', () => {
    const found = request();
    found.declineWith(decline, worker, stamp);
    expect(found.status).toBe('declined');
    expect(found.pullEvents().at(-1)).toMatchObject({
      reason: 'capacity',
      referredOn: true,
      complaintExplained: true,
      confirmedByTeamLead: false,
    });
    expect(refusal(() => found.declineWith(decline, worker, stamp)).code).toBe('request-finished');
  });

  it('CASE-4: nobody is declined without knowing how to complain', () =>
    expect(
      refusal(() => request().declineWith({ ...decline, complaintProcedureExplained: false }, worker, stamp)).code,
    ).toBe('complaint-procedure-not-explained'));

  it('CASE-3: "not indicated" is said only after the screening', () => {
    const notIndicated = { ...decline, reason: 'not_indicated' } as const;
    expect(refusal(() => request().declineWith(notIndicated, worker, stamp)).code).toBe('decline-without-screening');
    const found = screened(draft({ longer_term: 'not_met' }));
    found.declineWith(notIndicated, worker, stamp);
    expect(found.status).toBe('declined');
  });

  it('CASE-4: a decline for earlier history names a team lead and waits for them', () => {
    const found = request();
    expect(() => found.declineWith({ ...history, confirmedBy: null }, worker, stamp)).toThrow('invalid input');
    found.declineWith(history, worker, stamp);
    expect(found.status).toBe('decline_to_confirm');
    expect(types(found)).toEqual(['RequestRecorded']);
    expect(refusal(() => found.confirmDecline({ confirmed: true, note: null }, worker, stamp))).toMatchObject({
      code: 'decline-needs-team-lead',
      facts: { confirmedBy: 'team-lead' },
    });
    expect(refusal(() => found.completeScreening(stamp)).code).toBe('decline-to-confirm');
    found.confirmDecline({ confirmed: true, note: null }, lead, later);
    expect(found.status).toBe('declined');
    expect(found.pullEvents().at(-1)).toMatchObject({ reason: 'earlier_history', confirmedByTeamLead: true });
    expect(refusal(() => found.confirmDecline({ confirmed: true, note: null }, lead, later)).code).toBe(
      'no-decline-to-confirm',
    );
  });

  it('CASE-4: a team lead may take the decline back; the request goes on where it was', () => {
    const found = screened();
    found.declineWith(history, worker, stamp);
    found.confirmDecline({ confirmed: false, note: 'Give it a chance' }, lead, later);
    expect(found.status).toBe('indicated');
  });

  it('CASE-4: a team lead who declines confirms with it, unless another one is named', () => {
    const own = request();
    own.declineWith({ ...history, confirmedBy: null }, lead, later);
    expect(own.status).toBe('declined');
    const others = request();
    others.declineWith({ ...history, confirmedBy: 'other-lead' }, lead, later);
    expect(others.status).toBe('decline_to_confirm');
  });
});
