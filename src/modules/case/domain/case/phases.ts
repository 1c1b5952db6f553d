/** The phases of the help process in their order (DGCC CM 1 to CM 6). */
export const PHASES = [
  'clarification',
  'assessment',
  'service_planning',
  'linking',
  'monitoring',
  'evaluation',
] as const;
export type Phase = (typeof PHASES)[number];

/** What must have happened before a phase may begin; other modules report it by event. Values are instants (ISO, UTC). */
export const MILESTONES = [
  'assessmentCompleted',
  'planAgreed',
  'measureStarted',
  'finalReviewHeld',
  'evaluationRecorded',
] as const;
export type Milestone = (typeof MILESTONES)[number];
export type Milestones = Partial<Record<Milestone, string>>;

/** Why a phase was entered: a person decided it, or it followed from something that happened. */
export const PHASE_CAUSES = [
  'opening',
  'decision',
  'reopening',
  'assessment_completed',
  'plan_agreed',
  'measure_started',
] as const;
export type PhaseCause = (typeof PHASE_CAUSES)[number];

/** One line of the phase record (CASE-6): when, who, why, until when. */
export type PhaseEntry = {
  phase: Phase;
  enteredAt: string;
  leftAt: string | null;
  by: string;
  cause: PhaseCause;
  reason: string | null;
};

/** What the entry conditions of CASE-6 look at. */
export type PhaseFacts = {
  agreed: boolean;
  assessmentCompleted: boolean;
  planAgreed: boolean;
  measureRunning: boolean;
  finalReviewHeld: boolean;
  /** The consent was withdrawn or the client cannot be reached. */
  closing: boolean;
};

/** Where each phase may be entered from: the next step, the loops of CASE-6, and the evaluation from everywhere. */
const FROM: Record<Phase, readonly Phase[]> = {
  clarification: [],
  assessment: ['clarification', 'monitoring'],
  service_planning: ['assessment', 'monitoring'],
  linking: ['service_planning'],
  monitoring: ['linking'],
  evaluation: ['clarification', 'assessment', 'service_planning', 'linking', 'monitoring'],
};

const CONDITION: Record<Phase, (facts: PhaseFacts, from: Phase) => string | null> = {
  clarification: () => null,
  assessment: ({ agreed }) => (agreed ? null : 'agreement-missing'),
  service_planning: ({ assessmentCompleted }) => (assessmentCompleted ? null : 'assessment-not-completed'),
  linking: ({ planAgreed }) => (planAgreed ? null : 'plan-not-agreed'),
  monitoring: ({ measureRunning }) => (measureRunning ? null : 'no-measure-running'),
  evaluation: ({ finalReviewHeld, closing }) => (finalReviewHeld || closing ? null : 'final-review-missing'),
};

/** The codes of the conditions that keep a case from going `from` → `to`; empty when it may (CASE-6). */
export function unmetConditions(from: Phase, to: Phase, facts: PhaseFacts): string[] {
  if (from === to) return ['phase-already-entered'];
  const condition = CONDITION[to](facts, from);
  return [...(FROM[to].includes(from) ? [] : ['phase-not-next']), ...(condition ? [condition] : [])];
}

/** The step that follows by itself as soon as its milestone is reached in the phase. */
export const AUTOMATIC: Partial<Record<Phase, { to: Phase; on: Milestone; cause: PhaseCause }>> = {
  assessment: { to: 'service_planning', on: 'assessmentCompleted', cause: 'assessment_completed' },
  service_planning: { to: 'linking', on: 'planAgreed', cause: 'plan_agreed' },
  linking: { to: 'monitoring', on: 'measureStarted', cause: 'measure_started' },
};

/**
 * Since when a milestone counts: the last step back that asks for it anew, or null when there was none. Replanning
 * keeps the assessment; every other step back asks for everything again.
 */
export function countsSince(milestone: Milestone, record: readonly PhaseEntry[]): string | null {
  const back = record.filter(
    ({ phase, cause }, i) =>
      cause === 'reopening' ||
      (i > 0 &&
        PHASES.indexOf(phase) < PHASES.indexOf(record[i - 1]!.phase) &&
        !(milestone === 'assessmentCompleted' && phase === 'service_planning')),
  );
  return back.at(-1)?.enteredAt ?? null;
}
