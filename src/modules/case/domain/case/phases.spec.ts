import { PHASES, type Phase, type PhaseFacts, countsSince, unmetConditions } from './phases';

const everything: PhaseFacts = {
  agreed: true,
  assessmentCompleted: true,
  planAgreed: true,
  measureRunning: true,
  finalReviewHeld: true,
  closing: false,
};
const nothing: PhaseFacts = {
  agreed: false,
  assessmentCompleted: false,
  planAgreed: false,
  measureRunning: false,
  finalReviewHeld: false,
  closing: false,
};

/** The ways CASE-6 foresees: step by step, back from monitoring, and to the evaluation from everywhere. */
const WAYS: Record<Phase, Phase[]> = {
  clarification: ['assessment', 'evaluation'],
  assessment: ['service_planning', 'evaluation'],
  service_planning: ['linking', 'evaluation'],
  linking: ['monitoring', 'evaluation'],
  monitoring: ['assessment', 'service_planning', 'evaluation'],
  evaluation: [],
};
const CONDITION: Record<Phase, string | null> = {
  clarification: null,
  assessment: 'agreement-missing',
  service_planning: 'assessment-not-completed',
  linking: 'plan-not-agreed',
  monitoring: 'no-measure-running',
  evaluation: 'final-review-missing',
};
const pairs = PHASES.flatMap((from) => PHASES.map((to) => [from, to] as const));

describe('the phases of a case', () => {
  it.each(pairs)(
    'CASE-6: %s → %s is open exactly where the guideline foresees it, once everything is done',
    (from, to) => {
      const expected = from === to ? ['phase-already-entered'] : WAYS[from].includes(to) ? [] : ['phase-not-next'];
      expect(unmetConditions(from, to, everything)).toEqual(expected);
    },
  );

  it.each(pairs)('CASE-6: %s → %s names every condition that is missing while nothing is done', (from, to) => {
    const expected =
      from === to
        ? ['phase-already-entered']
        : [WAYS[from].includes(to) ? null : 'phase-not-next', CONDITION[to]].filter((code) => code !== null);
    expect(unmetConditions(from, to, nothing)).toEqual(expected);
  });

  it.each(PHASES.filter((phase) => phase !== 'evaluation'))(
    'CASE-6: after a withdrawn consent or when the client is unreachable, the evaluation may begin in %s',
    (from) => {
      expect(unmetConditions(from, 'evaluation', { ...nothing, closing: true })).toEqual([]);
    },
  );

  it('CASE-6: each condition opens its phase and no other', () => {
    const by: [keyof PhaseFacts, Phase, Phase][] = [
      ['agreed', 'clarification', 'assessment'],
      ['assessmentCompleted', 'assessment', 'service_planning'],
      ['planAgreed', 'service_planning', 'linking'],
      ['measureRunning', 'linking', 'monitoring'],
      ['finalReviewHeld', 'monitoring', 'evaluation'],
    ];
    for (const [fact] of by)
      for (const [other, from, to] of by)
        expect(unmetConditions(from, to, { ...nothing, [fact]: true })).toEqual(fact === other ? [] : [CONDITION[to]]);
  });

  it('CASE-6: after a step back only what happened since then counts; replanning keeps the assessment', () => {
    const entry = (phase: Phase, enteredAt: string) => ({
      phase,
      enteredAt,
      leftAt: null,
      by: 'cm',
      cause: 'decision' as const,
      reason: null,
    });
    const forth = PHASES.slice(0, 5).map((phase, i) => entry(phase, `2026-0${i + 1}`));
    expect(countsSince('planAgreed', forth)).toBeNull();
    const replanned = [...forth, entry('service_planning', '2026-06')];
    expect(countsSince('assessmentCompleted', replanned)).toBeNull();
    expect(countsSince('planAgreed', replanned)).toBe('2026-06');
    const reassessed = [...forth, entry('assessment', '2026-07')];
    expect(countsSince('assessmentCompleted', reassessed)).toBe('2026-07');
    expect(countsSince('planAgreed', reassessed)).toBe('2026-07');
  });
});
