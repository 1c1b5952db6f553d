import { type Stamp, dayOf } from '../../../../shared/domain/aggregate-root';
import type { AgreedGoal } from '../../events';
import type { LatestRating } from './goal-attainment';
import {
  type GasScale,
  type Goal,
  type Measure,
  type PlanContent,
  type PlanTerms,
  type Signature,
  outcomeGoals,
} from './plan-content';
import { rules } from './service-plan.refusals';
import { faultIf, notInFuture, requireValid } from './steering.faults';

/** A signature as it is given; `evidence` says where the paper is when somebody else records it. */
export type SignatureTerms = Pick<Signature, 'party' | 'form' | 'name' | 'signedOn'> & { evidence?: string | null };
/** On whose side the recording user stands. */
export type Signatory = 'client' | 'case_manager';

/** What is agreed beside the content; `reviewOn` is six months later unless earlier is wanted. */
export type AgreementTerms = Omit<PlanTerms, 'agreedOn' | 'reviewOn'> & { reviewOn?: string | null };

/** The signed content that applies, with the day from which each outcome goal may be rated on its levels. */
export type EditionInForce = {
  edition: number;
  terms: PlanTerms;
  goals: readonly Goal[];
  measures: readonly Measure[];
  since: Readonly<Record<string, string>>;
};

/** PLAN-3: clients sign for themselves; the case manager signs, and records what others signed on paper. */
export function signatureOf(terms: SignatureTerms, as: Signatory, stamp: Stamp, notBefore: string | null): Signature {
  const { party, form, name, signedOn } = terms;
  if (as === 'client' && (party !== 'client' || form !== 'electronic'))
    throw rules.broken('sign-own-side-only', { party, form });
  const forOthers = as === 'case_manager' && party !== 'case_manager';
  requireValid([
    faultIf(
      forOthers && form !== 'written',
      '#/form',
      'not-on-paper',
      'Only a signature on paper can be recorded for somebody else.',
      'Für andere kann nur eine Unterschrift auf Papier erfasst werden.',
    ),
    faultIf(
      forOthers && !terms.evidence,
      '#/evidence',
      'evidence-missing',
      'Say where the signed paper is kept.',
      'Geben Sie an, wo das unterschriebene Papier liegt.',
    ),
    notInFuture('#/signedOn', signedOn, dayOf(stamp)),
    faultIf(
      notBefore !== null && signedOn < notBefore,
      '#/signedOn',
      'signed-before-last-edition',
      `The edition in force was agreed on ${notBefore}; the new one is signed after that.`,
      `Die geltende Ausgabe wurde am ${notBefore} vereinbart; die neue wird danach unterschrieben.`,
    ),
  ]);
  return { party, form, name, signedOn, evidence: terms.evidence ?? null, recordedBy: stamp.by, recordedAt: stamp.at };
}

/** The days both sides signed; the plan is agreed on the later one. */
export function signedDays(signatures: readonly Signature[]): {
  client: string;
  caseManager: string;
  agreedOn: string;
} {
  const latest = (...parties: string[]) =>
    signatures.reduce((day, { party, signedOn }) => (parties.includes(party) && signedOn > day ? signedOn : day), '');
  const client = latest('client', 'representative');
  const caseManager = latest('case_manager');
  return { client, caseManager, agreedOn: client > caseManager ? client : caseManager };
}

/** PLAN-3: the terms with their review day: after the agreement, and within six months of it. */
export function termsOf(given: AgreementTerms, agreedOn: string, today: string): PlanTerms {
  const { contactEveryWeeks, copyHandedOver, knownTo } = given;
  const latest = sixMonthsAfter(agreedOn);
  const reviewOn = given.reviewOn ?? latest;
  requireValid([
    faultIf(
      reviewOn <= agreedOn,
      '#/reviewOn',
      'review-before-agreement',
      'The review comes after the agreement.',
      'Die Überprüfung liegt nach der Vereinbarung.',
    ),
    faultIf(
      reviewOn > latest,
      '#/reviewOn',
      'review-too-late',
      `The plan is reviewed within six months, by ${latest} at the latest.`,
      `Der Plan wird binnen sechs Monaten überprüft, spätestens am ${latest}.`,
    ),
    notInFuture('#/copyHandedOver/on', copyHandedOver.on, today),
  ]);
  return {
    agreedOn,
    reviewOn,
    contactEveryWeeks,
    copyHandedOver: { on: copyHandedOver.on, language: copyHandedOver.language },
    knownTo: knownTo.map(({ kind, id }) => ({ kind, id })),
  };
}

/**
 * Puts a signed edition in force. Ratings are carried on for goals whose levels stayed the same (PLAN-7); where they
 * changed, a new period starts with the agreement.
 */
export function enforce(
  edition: number,
  { goals, measures }: PlanContent,
  terms: PlanTerms,
  before: EditionInForce | null,
  ratings: Readonly<Record<string, LatestRating>>,
): { inForce: EditionInForce; attainment: Record<string, LatestRating> } {
  const since: Record<string, string> = {};
  const attainment: Record<string, LatestRating> = {};
  for (const { id, scale } of outcomeGoals(goals)) {
    const earlier = before?.goals.find((goal) => goal.id === id);
    const same = earlier !== undefined && sameScale(earlier.scale, scale);
    since[id] = (same && before?.since[id]) || terms.agreedOn;
    if (same && ratings[id]) attainment[id] = ratings[id];
  }
  return { inForce: { edition, terms, goals, measures, since }, attainment };
}

/** What the event says of the goals agreed: no wording. */
export const agreedGoals = (goals: readonly Goal[]): AgreedGoal[] =>
  goals.map(({ id, level, targetDate, indicators, acceptedByClient }) => ({
    id,
    level,
    targetDate,
    hasIndicator: indicators.length > 0,
    hasTarget: indicators.some(({ target }) => target !== null),
    acceptedByClient,
  }));

const sameScale = (a: GasScale | null, b: GasScale | null): boolean =>
  a === null || b === null ? a === b : (Object.keys(a) as (keyof GasScale)[]).every((level) => a[level] === b[level]);

/** The day six months later, the last of the month where that month is shorter: 2026-08-31 → 2027-02-28. */
function sixMonthsAfter(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + 6, 0)).getUTCDate();
  return new Date(Date.UTC(year, month + 5, Math.min(date, last))).toISOString().slice(0, 10);
}
