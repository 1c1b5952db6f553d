import { caseRules } from '../case/case.refusals';
import { rules } from './case-request.refusals';
import { type ScreeningDraft, counterIndications, openPoints, requireEachOnce } from './screening';
import type { AnsweredQuestions } from './screening-questions';

/** CASE-3, CASE-10: the six criteria answered anew for a case that is taken up again, and what was found in words. */
export type IndicationRecheck = {
  readonly finding: string;
  readonly screening: ScreeningDraft;
  readonly added: AnsweredQuestions;
};
/** The same, as it is kept: with the edition of the questions it was done with. */
export type ConfirmedIndication = ScreeningDraft & AnsweredQuestions;

/** CASE-3: the screening of the re-check; refused unless it is complete and case management is still indicated. */
export function confirmIndication({ screening, added }: IndicationRecheck): ConfirmedIndication {
  requireEachOnce(screening, '#/screening');
  const found = { ...screening, ...added };
  const unmet = openPoints(found);
  if (unmet.length > 0) throw rules.broken('screening-incomplete', { unmet, unansweredQuestions: added.unanswered });
  const unmetCriteria = counterIndications(found);
  if (unmetCriteria.length > 0) throw caseRules.broken('indication-not-confirmed', { unmetCriteria });
  return found;
}
