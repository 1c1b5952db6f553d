import { InvalidInput, RuleBroken } from '../../../shared/domain/errors';
import { AssessmentCompleted, AssessmentStarted, PerspectiveGiven } from '../events';
import { Assessment, type StartTerms } from './assessment.entity';
import { compare } from './comparison';
import { nineLifeAreas } from './nine-life-areas';
import type { GivenPerspective, Perspective } from './perspective';
import type { ResultTerms } from './result';

const stamp = { by: 'miss-cm', at: '2026-03-10T09:00:00.000Z' };
const start = (more: Partial<StartTerms> = {}, previous: Assessment | null = null) =>
  Assessment.start(
    'case',
    {
      instrument: 'nine-life-areas',
      personId: 'mr-x',
      kind: 'initial',
      startOn: '2026-03-01',
      plannedEnd: '2026-03-21',
      ...more,
    },
    true,
    previous,
    stamp,
  );
const open = () => {
  const assessment = start();
  assessment.pullEvents();
  return assessment;
};
const answers = (
  perspective: GivenPerspective['perspective'],
  more: Partial<GivenPerspective> = {},
): GivenPerspective => ({
  perspective,
  respondent: { name: 'Somebody' },
  answeredOn: '2026-03-05',
  answers: { 'd4.need': 3 },
  ...more,
});
const result = (more: Partial<ResultTerms> = {}): ResultTerms => ({
  needs: [
    {
      id: 'n1',
      dimension: 'mobility',
      statement: 'Cannot walk stairs',
      clientWords: 'To the garden',
      severity: 3,
      urgency: 'soon',
    },
  ],
  resources: [{ id: 'r1', dimension: 'mobility', kind: 'social', statement: 'Neighbours drive' }],
  resourcesLookedFor: true,
  ...more,
});
const agreement = { agreedOn: '2026-03-10', form: 'written' as const };
const outcome = (work: () => unknown): unknown => {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof InvalidInput) return error.faults.map(({ pointer, code }) => `${pointer} ${code}`);
    return (error as RuleBroken).facts.unmet ?? (error as RuleBroken).code;
  }
};
const completed = () => {
  const assessment = open();
  assessment.give(answers('client'), 'client', stamp);
  assessment.give(answers('case_manager'), 'staff', stamp);
  assessment.recordResult(result(), stamp);
  assessment.complete(agreement, stamp);
  return assessment;
};

describe('Assessment', () => {
  it('ASMT-3: it is planned and limited in time', () => {
    const assessment = start();
    expect(assessment.pullEvents()).toEqual([
      new AssessmentStarted(assessment.id, 'case', '2026-03-01', '2026-03-21', stamp.at),
    ]);
    expect(outcome(() => start({ instrument: 'other', plannedEnd: '2026-02-28' }))).toEqual([
      '#/instrument instrument-unknown',
      '#/plannedEnd ends-before-start',
    ]);
  });

  it('ASMT-6: a reassessment follows a completed assessment of the same person', () => {
    const before = completed();
    expect(outcome(() => start({ kind: 'reassessment', previousId: before.id }, before))).toBeNull();
    expect(outcome(() => start({ kind: 'reassessment', previousId: before.id, personId: 'son' }, before))).toEqual([
      '#/previousId previous-does-not-fit',
    ]);
    expect(outcome(() => start({ kind: 'reassessment' }))).toEqual(['#/previousId previous-does-not-fit']);
    expect(outcome(() => start({ kind: 'reassessment', previousId: 'x' }, open()))).toEqual([
      '#/previousId previous-does-not-fit',
    ]);
    expect(outcome(() => start({ previousId: before.id }, before))).toEqual(['#/previousId previous-does-not-fit']);
  });

  it('ASMT-2: each side answers, and several third parties stand beside each other', () => {
    const assessment = open();
    assessment.give(answers('client'), 'client', stamp);
    assessment.give(answers('third_party', { respondent: { name: 'Teacher', key: 'school' } }), 'staff', stamp);
    assessment.give(answers('third_party', { respondent: { name: 'Doctor', key: 'doctor' } }), 'staff', stamp);
    expect(assessment.pullEvents()).toEqual([
      new PerspectiveGiven(assessment.id, 'case', 'client', stamp.at),
      new PerspectiveGiven(assessment.id, 'case', 'third_party', stamp.at),
      new PerspectiveGiven(assessment.id, 'case', 'third_party', stamp.at),
    ]);
  });

  it('ASMT-2: the client gives the own view and no other', () => {
    expect(outcome(() => open().give(answers('case_manager'), 'client', stamp))).toBe('perspective-not-yours');
  });

  it('ASMT-2: what the client wrote in person is not overwritten, what was written down for the client may be', () => {
    const assessment = open();
    assessment.give(answers('client'), 'staff', stamp);
    assessment.give(answers('client'), 'staff', stamp);
    assessment.give(answers('client'), 'client', stamp);
    expect(outcome(() => assessment.give(answers('client'), 'staff', stamp))).toBe('client-answered-in-person');
    expect(outcome(() => assessment.give(answers('client'), 'client', stamp))).toBeNull();
  });

  it('ASMT-2: every answer that does not fit the instrument is named', () => {
    const wrong = { 'd1.need': 9, 'd2.need': 'viel', 'd10/x.need': 1, 'd1.note': 'x'.repeat(4001) };
    expect(
      outcome(() => open().give(answers('third_party', { answers: wrong, answeredOn: '2026-03-11' }), 'staff', stamp)),
    ).toEqual([
      '#/respondent/key key-missing',
      '#/answeredOn in-the-future',
      '#/answers/d1.need out-of-range',
      '#/answers/d2.need wrong-type',
      '#/answers/d10~1x.need unknown-item',
      '#/answers/d1.note too-long',
    ]);
    expect(
      outcome(() =>
        open().give(answers('client', { answers: {}, respondent: { name: 'X', key: 'x' } }), 'staff', stamp),
      ),
    ).toEqual(['#/respondent/key key-not-expected', '#/answers no-answer']);
  });

  it('ASMT-4: the result names its dimensions, supply gaps and codes correctly', () => {
    const faulty = result({
      needs: [{ id: 'n1', dimension: 'weather', statement: 'x', severity: 1, urgency: 'later' }],
      resources: [result().resources[0]!, result().resources[0]!],
      noNeedReason: 'none',
      supplyGaps: [{ needId: 'n2', description: 'x' }],
      diagnosisTexts: [
        { profession: 'neurologist', text: 'Stroke', code: 'I63.9', codeSystem: 'icf' },
        { profession: 'nurse', text: 'x', code: 'd450' },
        { profession: 'nurse', text: 'x', codeSystem: 'icf' },
      ],
    });
    expect(outcome(() => open().recordResult(faulty, stamp))).toEqual([
      '#/needs/0/dimension not-in-instrument',
      '#/resources/1/id id-used-twice',
      '#/noNeedReason needs-recorded',
      '#/supplyGaps/0/needId need-unknown',
      '#/diagnosisTexts/0/code code-malformed',
      '#/diagnosisTexts/1/codeSystem code-incomplete',
      '#/diagnosisTexts/2/code code-incomplete',
    ]);
  });

  it.each([
    [
      'icf',
      ['b1', 'b280', 'd4501', 'd450.23', 'e310+2', 's73001.310', 'e310.4'],
      ['d45', 'x450', 'd450.5', 'D450', 'e310+22', 'd450000'],
    ],
    [
      'icd-10-gm',
      ['I63.9', 'I64', 'F32.1G', 'M54.-', 'E11.90', 'G81.1GL', 'F33.2+'],
      ['63.9', 'i63.9', 'I6', 'I63.', 'I63.999', 'I63.9X'],
    ],
  ] as const)('ASMT-4: codes of %s are known by their form', (codeSystem, right, wrong) => {
    const of = (code: string) =>
      outcome(() =>
        open().recordResult(result({ diagnosisTexts: [{ profession: 'p', text: 't', code, codeSystem }] }), stamp),
      );
    expect(right.filter((code) => of(code) !== null)).toEqual([]);
    expect(wrong.filter((code) => of(code) === null)).toEqual([]);
  });

  it('ASMT-5: everything that is missing for completion is named at once', () => {
    expect(outcome(() => open().complete(undefined, stamp))).toEqual([
      'assessment-case-manager-perspective-missing',
      'assessment-client-perspective-missing',
      'assessment-need-missing',
      'assessment-resources-not-looked-for',
      'assessment-client-agreement-missing',
    ]);
  });

  it('ASMT-5: a missing perspective and a missing need may be explained', () => {
    const assessment = open();
    assessment.give(answers('case_manager'), 'staff', stamp);
    assessment.explainMissing('client', 'Not conscious', stamp);
    assessment.recordResult(result({ needs: [], noNeedReason: 'All is taken care of' }), stamp);
    assessment.pullEvents();
    assessment.complete(agreement, stamp);
    expect(assessment.pullEvents()).toMatchObject([
      { perspectives: ['case_manager'], missingPerspectivesExplained: ['client'], needs: [], noNeedExplained: true },
    ]);
    expect(
      outcome(() => {
        const a = open();
        a.give(answers('client'), 'staff', stamp);
        a.explainMissing('client', 'x', stamp);
      }),
    ).toBe('perspective-already-given');
  });

  it('ASMT-5: whoever answers after all needs no explanation any more', () => {
    const assessment = open();
    assessment.explainMissing('client', 'Not reached', stamp);
    assessment.give(answers('client'), 'client', stamp);
    assessment.give(answers('case_manager'), 'staff', stamp);
    assessment.recordResult(result(), stamp);
    assessment.pullEvents();
    assessment.complete(agreement, stamp);
    expect(assessment.pullEvents()).toMatchObject([{ missingPerspectivesExplained: [] }]);
  });

  it('ASMT-5: the client agrees within the assessment, not before it began and not in the future', () => {
    for (const agreedOn of ['2026-02-28', '2026-03-11']) {
      const assessment = open();
      assessment.give(answers('client'), 'client', stamp);
      assessment.give(answers('case_manager'), 'staff', stamp);
      assessment.recordResult(result(), stamp);
      expect(outcome(() => assessment.complete({ ...agreement, agreedOn }, stamp))).toEqual([
        '#/clientAgreement/agreedOn outside-assessment',
      ]);
    }
  });

  it('ASMT-5: completed, it hands over codes only and never changes again', () => {
    const assessment = completed();
    const [event] = assessment.pullEvents().slice(-1);
    expect(event).toEqual(
      new AssessmentCompleted(
        assessment.id,
        'case',
        '2026-03-01',
        '2026-03-21',
        '2026-03-10',
        ['client', 'case_manager'],
        [],
        [{ id: 'n1', dimension: 'mobility', severity: 3, urgency: 'soon' }],
        false,
        [{ id: 'r1', dimension: 'mobility', kind: 'social' }],
        true,
        '2026-03-10',
        stamp.at,
        [],
        'mr-x',
      ),
    );
    expect(JSON.stringify(event)).not.toContain('garden');
    for (const change of [
      () => assessment.give(answers('client'), 'client', stamp),
      () => assessment.explainMissing('third_party', 'x', stamp),
      () => assessment.recordResult(result(), stamp),
      () => assessment.complete(agreement, stamp),
    ])
      expect(outcome(change)).toBe('assessment-completed');
  });

  it('CONS-2: when participation is withdrawn an open assessment stops, a completed one stays', () => {
    const running = open();
    running.stop('consent_withdrawn', stamp);
    expect(outcome(() => running.give(answers('client'), 'client', stamp))).toBe('assessment-stopped');
    const done = completed();
    done.stop('consent_withdrawn', stamp);
    expect(outcome(() => done.complete(agreement, stamp))).toBe('assessment-completed');
  });
});

describe('comparison', () => {
  const side = (key: string, given: Perspective['answers']): Perspective => ({
    perspective: key.split(':')[0] as Perspective['perspective'],
    key,
    respondent: { name: key },
    answeredOn: '2026-03-05',
    answers: given,
    onBehalf: false,
    recordedBy: 'x',
    recordedAt: stamp.at,
  });

  it('ASMT-2: differences stand side by side and are not averaged away', () => {
    const { sides, items } = compare(nineLifeAreas, [
      side('client', { 'd4.need': 1, 'd4.note': 'I manage', 'd5.need': 2 }),
      side('case_manager', { 'd4.need': 3, 'd4.note': 'Falls often', 'd5.need': 2 }),
      side('third_party:doctor', { 'd4.need': 4 }),
    ]);
    expect(items.map(({ item, values, differs, spread }) => ({ item, values, differs, spread }))).toEqual([
      { item: 'd4.need', values: { client: 1, case_manager: 3, 'third_party:doctor': 4 }, differs: true, spread: 3 },
      { item: 'd4.note', values: { client: 'I manage', case_manager: 'Falls often' }, differs: false, spread: null },
      { item: 'd5.need', values: { client: 2, case_manager: 2 }, differs: false, spread: 0 },
    ]);
    expect(
      sides.map(({ key, scores }) => [key, scores.find((s) => s.code === 'need' && s.section === null)?.value]),
    ).toEqual([
      ['client', 1.5],
      ['case_manager', 2.5],
      ['third_party:doctor', 4],
    ]);
    expect(sides[0]!.unanswered).toHaveLength(25);
  });
});
