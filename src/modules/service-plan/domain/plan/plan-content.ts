/** The words of a service plan: what it consists of, apart from what happens with it. Days are YYYY-MM-DD. */

export const PLANNING_MODES = ['static', 'rolling'] as const;
/** PLAN-1: `static` plans the whole way at once; `rolling` only the next step, with general aims for orientation. */
export type PlanningMode = (typeof PLANNING_MODES)[number];

export const HORIZONS = ['crisis', 'short', 'long'] as const;
export type Horizon = (typeof HORIZONS)[number];

export const GOAL_LEVELS = ['principle', 'framework', 'outcome'] as const;
export type GoalLevel = (typeof GOAL_LEVELS)[number];

export const RESPONSIBLE_KINDS = ['client', 'informal_helper', 'provider', 'case_manager'] as const;
export type ResponsibleKind = (typeof RESPONSIBLE_KINDS)[number];

export const MEASURE_STATES = ['planned', 'running', 'completed', 'discontinued'] as const;
export type MeasureState = (typeof MEASURE_STATES)[number];
export const MEASURE_OUTCOMES = ['completed', 'discontinued'] as const;
export type MeasureOutcome = (typeof MEASURE_OUTCOMES)[number];

/** Why a goal or measure left the draft; codes, because reasons travel in the address of the request. */
export const REMOVAL_REASONS = [
  'achieved',
  'not_wanted_by_client',
  'not_realistic',
  'not_needed_any_more',
  'replaced',
  'recorded_in_error',
] as const;
export type RemovalReason = (typeof REMOVAL_REASONS)[number];

export const PARTIES = ['client', 'representative', 'case_manager'] as const;
export type Party = (typeof PARTIES)[number];
export const SIGNATURE_FORMS = ['written', 'electronic'] as const;
export type SignatureForm = (typeof SIGNATURE_FORMS)[number];

export const RATERS = ['client', 'case_manager', 'provider'] as const;
/** PLAN-7: whose view a rating is. */
export type Rater = (typeof RATERS)[number];

/** How one can tell that an outcome goal is reached: from the baseline to the target, in the unit. */
export type Indicator = { name: string; baseline: string | null; target: string | null; unit: string | null };

/** PLAN-7: what each level of goal attainment looks like for this goal; `expected` is level 0. */
export type GasScale = {
  muchLess: string;
  less: string;
  expected: string;
  more: string;
  muchMore: string;
};

/** PLAN-1: a goal; what only outcome goals have is empty on the levels above. */
export type Goal = {
  id: string;
  level: GoalLevel;
  statement: string;
  /** The client's own words for it. */
  clientWords: string | null;
  /** The goal it serves: framework for an outcome goal, principle for a framework goal. */
  parentGoalId: string | null;
  /** Needs of the assessment it answers. */
  needIds: string[];
  /** Where it differs from the plan's. */
  horizon: Horizon | null;
  /** Rolling planning: it belongs to the next step. */
  nextStep: boolean;
  indicators: Indicator[];
  targetDate: string | null;
  acceptedByClient: boolean;
  /** 1 (minor) to 5 (decisive), for the goal attainment score. */
  weight: number;
  scale: GasScale | null;
  barriers: string | null;
  planB: string | null;
};

/** Who carries a measure out; `id` is the provider's, the person's or the staff subject, where there is one. */
export type Responsible = { kind: ResponsibleKind; id: string | null; name: string };

/** PLAN-2: who does what by when, how often, at whose cost, and how it will be checked. */
export type Measure = {
  id: string;
  title: string;
  goalIds: string[];
  responsible: Responsible | null;
  startOn: string | null;
  endOn: string | null;
  frequency: string | null;
  costCents: number | null;
  payer: string | null;
  howChecked: string | null;
  /** The service of the directory it uses. */
  serviceId: string | null;
};

/** How far a measure is; kept apart from its content, which is frozen with the edition. */
export type MeasureProgress = {
  state: MeasureState;
  startedOn: string | null;
  endedOn: string | null;
  note: string | null;
};

/** A goal or measure that was taken out of the edition, and why. */
export type Removal = { kind: 'goal' | 'measure'; id: string; reason: RemovalReason; on: string };

/** PLAN-3: a signature on the edition, by whom recorded and on what evidence. */
export type Signature = {
  party: Party;
  form: SignatureForm;
  name: string;
  signedOn: string;
  /** Where the paper with the signature is; only where somebody else recorded it. */
  evidence: string | null;
  recordedBy: string;
  recordedAt: string;
};

/** Everything that is signed: the plan as of one edition. */
export type PlanContent = {
  planningMode: PlanningMode;
  horizon: Horizon;
  subsidiarityReason: string | null;
  goals: readonly Goal[];
  measures: readonly Measure[];
};

/** Somebody who was informed of the plan. */
export type InformedParty = { kind: 'organisation' | 'person'; id: string };

/** What was agreed together with the content. */
export type PlanTerms = {
  agreedOn: string;
  reviewOn: string;
  contactEveryWeeks: number;
  copyHandedOver: { on: string; language: string };
  knownTo: readonly InformedParty[];
};

/** PLAN-3: an edition as signed; never changed afterwards. */
export type FrozenEdition = {
  edition: number;
  content: PlanContent & { removed: readonly Removal[]; revisionReason: string | null };
  signatures: readonly Signature[];
  terms: PlanTerms;
};

/** The outcome goals among some goals. */
export const outcomeGoals = (goals: readonly Goal[]): Goal[] => goals.filter(({ level }) => level === 'outcome');
