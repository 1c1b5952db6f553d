import type { AssessmentCompleted, AssessmentStarted, PerspectiveGiven } from '../../assessment/events';
import type {
  AgreementSigned,
  CaseClosed,
  CaseOpened,
  CaseReopened,
  CaseResumed,
  CaseSuspended,
  ClosingStarted,
  PhaseChanged,
  ResponsibilityHandedOver,
} from '../../case/events';
import type { ConsentGiven, ConsentWithdrawn, InformationPassed } from '../../consent/events';
import type {
  AgreedGoal,
  EvaluationRecorded,
  PlanAgreed,
  ReferralMoved,
  ReviewHeld,
  ReviewScheduled,
} from '../../service-plan/events';

/** What is known of a consent; withdrawals with empty lists mean "all of them" on that side. */
export type ConsentFact = {
  kind: string;
  purpose: string;
  categories: readonly string[];
  recipientIds: readonly string[];
  validFrom: string;
  validUntil: string | null;
  at: string;
  withdrawals: readonly {
    whole: boolean;
    recipientIds: readonly string[];
    categories: readonly string[];
    at: string;
  }[];
};

/** Data that left: what the consent has to cover. */
export type DisclosureFact = {
  id: string;
  flow: string;
  recipientId: string;
  purpose: string;
  categories: readonly string[];
  consentId: string;
  at: string;
};

/** An assessment from its start; `result` when completed. */
export type AssessmentFact = {
  startedOn: string;
  plannedEnd: string;
  perspectives: readonly string[];
  result: {
    completedOn: string;
    explained: readonly string[];
    needs: number;
    noNeedExplained: boolean;
    resources: number;
    resourcesLookedFor: boolean;
  } | null;
};

/** The edition of a plan that was agreed last. */
export type PlanFact = {
  edition: number;
  agreedOn: string;
  clientSignedOn: string | null;
  caseManagerSignedOn: string | null;
  goals: readonly AgreedGoal[];
};

/** The moves of a referral in order. */
export type ReferralFact = { moves: readonly { to: string; reason: string | null; at: string }[] };

/** A planned review; `replacedAt` when another date was set before it was held. */
export type ReviewFact = { planId: string; dueOn: string; heldOn: string | null; replacedAt: string | null };

/**
 * What audits know of one case, folded from the events of all modules: ids, codes and dates. Lists and records of a
 * round start anew when a closed case is taken up again.
 */
export type CaseFacts = {
  opening: {
    requestId: string;
    criteriaMetAndReasoned: boolean;
    acuteDanger: boolean;
    dangerAddressedAt: string | null;
    screenedAt: string;
    at: string;
  } | null;
  responsible: string | null;
  team: string | null;
  agreement: { consentId: string; signedOn: string } | null;
  /** Phases entered in this round, the first (`clarification`) left out. */
  phases: readonly { phase: string; at: string }[];
  suspensions: readonly { from: string; until: string | null }[];
  closing: { reason: string; at: string } | null;
  closed: { reason: string; at: string } | null;
  consents: Readonly<Record<string, ConsentFact>>;
  disclosures: readonly DisclosureFact[];
  assessments: Readonly<Record<string, AssessmentFact>>;
  plans: Readonly<Record<string, PlanFact>>;
  referrals: Readonly<Record<string, ReferralFact>>;
  reviews: Readonly<Record<string, ReviewFact>>;
  evaluations: readonly { id: string; ratedBy: readonly string[]; missingExplained: readonly string[]; at: string }[];
  /** The latest instant any of the events carried. */
  lastEventAt: string | null;
};

/** A case nothing is known of yet. */
export const NO_FACTS: CaseFacts = {
  opening: null,
  responsible: null,
  team: null,
  agreement: null,
  phases: [],
  suspensions: [],
  closing: null,
  closed: null,
  consents: {},
  disclosures: [],
  assessments: {},
  plans: {},
  referrals: {},
  reviews: {},
  evaluations: [],
  lastEventAt: null,
};

/** The events facts are made of, by type. */
export type FactEvents = {
  'case.opened': CaseOpened;
  'case.agreement_signed': AgreementSigned;
  'case.phase_changed': PhaseChanged;
  'case.suspended': CaseSuspended;
  'case.resumed': CaseResumed;
  'case.closing_started': ClosingStarted;
  'case.closed': CaseClosed;
  'case.reopened': CaseReopened;
  'case.responsibility_handed_over': ResponsibilityHandedOver;
  'consent.given': ConsentGiven;
  'consent.withdrawn': ConsentWithdrawn;
  'consent.information_passed': InformationPassed;
  'assessment.started': AssessmentStarted;
  'assessment.perspective_given': PerspectiveGiven;
  'assessment.completed': AssessmentCompleted;
  'service_plan.agreed': PlanAgreed;
  'service_plan.referral_moved': ReferralMoved;
  'service_plan.review_scheduled': ReviewScheduled;
  'service_plan.review_held': ReviewHeld;
  'service_plan.evaluation_recorded': EvaluationRecorded;
};
type Folds = { [T in keyof FactEvents]: (facts: CaseFacts, event: FactEvents[T]) => Partial<CaseFacts> };

const UNKNOWN_ASSESSMENT: AssessmentFact = { startedOn: '', plannedEnd: '', perspectives: [], result: null };
const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];

const folds: Folds = {
  'case.opened': (_, e) => ({
    opening: {
      requestId: e.requestId,
      criteriaMetAndReasoned: e.criteriaMetAndReasoned,
      acuteDanger: e.acuteDanger,
      dangerAddressedAt: e.dangerAddressedAt,
      screenedAt: e.screenedAt,
      at: e.at,
    },
    responsible: e.responsible,
    team: e.team,
  }),
  'case.agreement_signed': (_, { consentId, signedOn }) => ({ agreement: { consentId, signedOn } }),
  'case.phase_changed': ({ phases }, { to, at }) => ({ phases: [...phases, { phase: to, at }] }),
  'case.suspended': ({ suspensions }, { at }) => ({ suspensions: [...suspensions, { from: at, until: null }] }),
  'case.resumed': ({ suspensions }, { at }) => ({
    suspensions: suspensions.map((s) => ({ ...s, until: s.until ?? at })),
  }),
  'case.closing_started': (_, { reason, at }) => ({ closing: { reason, at } }),
  'case.closed': ({ suspensions }, { reason, at }) => ({
    closed: { reason, at },
    suspensions: suspensions.map((s) => ({ ...s, until: s.until ?? at })),
  }),
  'case.reopened': () => ({ agreement: null, phases: [], closing: null, closed: null, evaluations: [] }),
  'case.responsibility_handed_over': (_, { to, team }) => ({ responsible: to, team }),
  'consent.given': (
    { consents },
    { aggregateId, kind, purpose, categories, recipientIds, validFrom, validUntil, at },
  ) => ({
    consents: {
      ...consents,
      [aggregateId]: { kind, purpose, categories, recipientIds, validFrom, validUntil, at, withdrawals: [] },
    },
  }),
  'consent.withdrawn': ({ consents }, { aggregateId, whole, recipientIds, categories, at }) => {
    const consent = consents[aggregateId];
    if (!consent) return {};
    const withdrawals = [...consent.withdrawals, { whole, recipientIds, categories, at }];
    return { consents: { ...consents, [aggregateId]: { ...consent, withdrawals } } };
  },
  'consent.information_passed': (
    { disclosures },
    { aggregateId: id, flow, recipientId, purpose, categories, consentId, at },
  ) => ({
    disclosures: [...disclosures, { id, flow, recipientId, purpose, categories, consentId, at }],
  }),
  'assessment.started': ({ assessments }, { aggregateId, startedOn, plannedEnd }) => ({
    assessments: {
      ...assessments,
      [aggregateId]: { ...UNKNOWN_ASSESSMENT, ...assessments[aggregateId], startedOn, plannedEnd },
    },
  }),
  'assessment.perspective_given': ({ assessments }, { aggregateId, perspective }) => {
    const known = assessments[aggregateId] ?? UNKNOWN_ASSESSMENT;
    return {
      assessments: {
        ...assessments,
        [aggregateId]: { ...known, perspectives: union(known.perspectives, [perspective]) },
      },
    };
  },
  'assessment.completed': ({ assessments }, e) => ({
    assessments: {
      ...assessments,
      [e.aggregateId]: {
        startedOn: e.startedOn,
        plannedEnd: e.plannedEnd,
        perspectives: union(assessments[e.aggregateId]?.perspectives ?? [], e.perspectives),
        result: {
          completedOn: e.completedOn,
          explained: e.missingPerspectivesExplained,
          needs: e.needs.length,
          noNeedExplained: e.noNeedExplained,
          resources: e.resources.length,
          resourcesLookedFor: e.resourcesLookedFor,
        },
      },
    },
  }),
  'service_plan.agreed': (
    { plans },
    { aggregateId, edition, agreedOn, clientSignedOn, caseManagerSignedOn, goals },
  ) => ({
    plans: { ...plans, [aggregateId]: { edition, agreedOn, clientSignedOn, caseManagerSignedOn, goals } },
  }),
  'service_plan.referral_moved': ({ referrals }, { aggregateId, to, reason, at }) => ({
    referrals: {
      ...referrals,
      [aggregateId]: { moves: [...(referrals[aggregateId]?.moves ?? []), { to, reason, at }] },
    },
  }),
  'service_plan.review_scheduled': ({ reviews }, { aggregateId, planId, dueOn, at }) => {
    const others = Object.entries(reviews).map(([id, review]) => {
      const replaced = review.planId === planId && review.heldOn === null && review.replacedAt === null;
      return [id, replaced ? { ...review, replacedAt: at } : review] as const;
    });
    return {
      reviews: { ...Object.fromEntries(others), [aggregateId]: { planId, dueOn, heldOn: null, replacedAt: null } },
    };
  },
  'service_plan.review_held': ({ reviews }, { aggregateId, planId, dueOn, heldOn }) => ({
    reviews: { ...reviews, [aggregateId]: { planId, dueOn, heldOn, replacedAt: null } },
  }),
  'service_plan.evaluation_recorded': ({ evaluations }, { aggregateId: id, ratedBy, missingExplained, at }) => ({
    evaluations: [...evaluations, { id, ratedBy, missingExplained, at }],
  }),
};

/** The facts after one more event; an event of another type changes nothing. Pure. */
export function apply(facts: CaseFacts, type: string, payload: object): CaseFacts {
  if (!Object.hasOwn(folds, type)) return facts;
  const fold = folds[type as keyof FactEvents] as (facts: CaseFacts, event: object) => Partial<CaseFacts>;
  const { at } = payload as { at?: string };
  const lastEventAt = at && (facts.lastEventAt === null || at > facts.lastEventAt) ? at : facts.lastEventAt;
  return { ...facts, ...fold(facts, payload), lastEventAt };
}
