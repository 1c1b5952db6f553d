import type { CaseFacts, ReviewFact } from '../case-facts';
import { addDays } from '../../../../shared/domain/days';
import { dayOf, earlier } from '../days';
import { NOT_APPLICABLE, type Finding, type Rule, evidence, judged, verdict } from '../rule';

/** PLAN-6: so many days after its date a review still counts as held on time. */
export const REVIEW_GRACE_DAYS = 14;

/** The last day a review of that date counts as on time: a case that rests meanwhile gets the grace anew; null while it rests. */
function lastDay(dueOn: string, suspensions: CaseFacts['suspensions']): string | null {
  let limit = addDays(dueOn, REVIEW_GRACE_DAYS);
  for (const { from, until } of suspensions) {
    if (dayOf(from) > limit || (until !== null && dayOf(until) < dueOn)) continue;
    if (until === null) return null;
    limit = addDays(until, REVIEW_GRACE_DAYS);
  }
  return limit;
}

function punctual(id: string, review: ReviewFact, { suspensions, closed }: CaseFacts, asOf: string): Finding {
  const { dueOn, heldOn, replacedAt } = review;
  const limit = lastDay(dueOn, suspensions);
  const finding = (fits: boolean | null, note: string, on: string): Finding => ({
    fits,
    evidence: evidence('review', id, note, on),
  });
  if (heldOn) {
    const onTime = limit === null || heldOn <= limit;
    return finding(onTime, onTime ? 'held-on-time' : 'held-late', heldOn);
  }
  const end = [replacedAt, closed?.at]
    .filter((at) => at != null)
    .map(dayOf)
    .reduce(earlier, asOf);
  return finding(limit !== null && end > limit ? false : null, 'overdue', limit ?? dueOn);
}

/** CM5-01, PLAN-6: each review was held by its date or within two weeks after; a resting case is not reviewed. */
const reviewsOnTime: Rule = {
  id: 'reviews-on-time',
  advice: {
    en: 'Hold the review now and set the next date with everybody concerned. Where the rhythm does not fit, agree on another one in the plan.',
    de: 'Holen Sie die Überprüfung jetzt nach und setzen Sie den nächsten Termin mit allen Beteiligten. Passt der Rhythmus nicht, vereinbaren Sie im Plan einen anderen.',
  },
  notes: {
    'held-on-time': { en: 'Held on time', de: 'Rechtzeitig durchgeführt' },
    'held-late': { en: 'Held more than 14 days late', de: 'Mehr als 14 Tage zu spät durchgeführt' },
    overdue: { en: 'Not held within 14 days of its date', de: 'Nicht binnen 14 Tagen nach dem Termin durchgeführt' },
  },
  examine(facts, _caseId, asOf) {
    return verdict(Object.entries(facts.reviews).map(([id, review]) => punctual(id, review, facts, asOf)));
  },
};

/** CM6-01, PLAN-8: client, case manager and the services involved rated the outcome, or the reason why not is recorded. */
const evaluatedByAllParties: Rule = {
  id: 'evaluated-by-all-parties',
  advice: {
    en: 'Invite those who have not rated yet, the client first, or record why they do not. No case is closed without its evaluation.',
    de: 'Laden Sie ein, wer noch nicht bewertet hat, zuerst die Klientin oder den Klienten, oder halten Sie den Grund fest. Kein Fall wird ohne Evaluation abgeschlossen.',
  },
  notes: {
    'all-rated': {
      en: 'All sides rated or the reason is recorded',
      de: 'Alle Seiten haben bewertet oder der Grund ist festgehalten',
    },
    'evaluation-missing': { en: 'Closed without an evaluation', de: 'Ohne Evaluation abgeschlossen' },
    'client-rating-missing': {
      en: 'The client has not rated',
      de: 'Die Bewertung der Klientin oder des Klienten fehlt',
    },
    'case-manager-rating-missing': {
      en: 'The case manager has not rated',
      de: 'Die Bewertung der Fallführung fehlt',
    },
    'provider-rating-missing': {
      en: 'No service involved has rated',
      de: 'Die Bewertung der beteiligten Dienste fehlt',
    },
  },
  examine({ evaluations, closed, agreement, referrals }, caseId) {
    const evaluation = evaluations.at(-1);
    if (!evaluation) {
      // A case that another organisation took over is evaluated there (CASE-12); every other handing over needs one to be closed.
      if (!closed || !agreement || ['deceased', 'handed_over'].includes(closed.reason)) return NOT_APPLICABLE;
      return verdict([{ fits: false, evidence: evidence('case', caseId, 'evaluation-missing', closed.at) }]);
    }
    const { id, ratedBy, missingExplained, at } = evaluation;
    const helped = Object.values(referrals).some(({ moves }) => moves.some(({ to }) => to === 'started'));
    const missing = ['client', 'case_manager', ...(helped ? ['provider'] : [])].filter(
      (side) => !ratedBy.includes(side) && !missingExplained.includes(side),
    );
    const faults = missing.map((side) => `${side.replace('_', '-')}-rating-missing`);
    return verdict(judged(faults, 'all-rated', (note) => evidence('evaluation', id, note, at)));
  },
};

export const endingRules: readonly Rule[] = [reviewsOnTime, evaluatedByAllParties];
