import type { ConsentFact, DisclosureFact, ReferralFact } from '../case-facts';
import { addDays } from '../../../../shared/domain/days';
import { dayOf } from '../days';
import { type Finding, type Rule, evidence, verdict } from '../rule';

/** PLAN-5: a provider that has not answered after so many days has to be asked again. */
export const ANSWER_DAYS = 14;

/** Why the consent does not carry the disclosure, as a note; null when it does. */
function against(
  consent: ConsentFact | undefined,
  { recipientId, purpose, categories, at }: DisclosureFact,
): string | null {
  const covers = (side: readonly string[], value: string) => side.length === 0 || side.includes(value);
  if (!consent) return 'consent-missing';
  if (consent.at > at) return 'consent-given-later';
  if (!consent.recipientIds.includes(recipientId)) return 'recipient-not-named';
  if (consent.purpose !== purpose) return 'other-purpose';
  if (!categories.every((category) => consent.categories.includes(category))) return 'category-not-named';
  const day = dayOf(at);
  if (dayOf(consent.validFrom) > day || (consent.validUntil !== null && dayOf(consent.validUntil) < day))
    return 'consent-not-in-force';
  const withdrawn = consent.withdrawals.some(
    (w) =>
      w.at <= at &&
      (w.whole || (covers(w.recipientIds, recipientId) && categories.some((c) => covers(w.categories, c)))),
  );
  return withdrawn ? 'consent-withdrawn' : null;
}

/** CM4-01, CONS-3, CONS-5: every disclosure names a consent that carried it at that moment. */
const consentBeforeDisclosure: Rule = {
  id: 'consent-before-disclosure',
  advice: {
    en: 'Tell the data protection officer and the client what was passed on without consent, ask the recipient to delete it, and obtain consent before anything else leaves.',
    de: 'Informieren Sie die Datenschutzbeauftragten und die betroffene Person über die Weitergabe ohne Einwilligung, bitten Sie die empfangende Stelle um Löschung und holen Sie vor jeder weiteren Weitergabe die Einwilligung ein.',
  },
  notes: {
    'consent-valid': { en: 'Covered by consent in force', de: 'Von gültiger Einwilligung gedeckt' },
    'consent-missing': { en: 'The consent named is not known', de: 'Die genannte Einwilligung ist nicht bekannt' },
    'consent-given-later': {
      en: 'Consent was given only afterwards',
      de: 'Die Einwilligung wurde erst danach erteilt',
    },
    'recipient-not-named': {
      en: 'The consent does not name this recipient',
      de: 'Die Einwilligung nennt diese empfangende Stelle nicht',
    },
    'other-purpose': { en: 'The consent is for another purpose', de: 'Die Einwilligung gilt für einen anderen Zweck' },
    'category-not-named': {
      en: 'More kinds of data were passed on than consented to',
      de: 'Es wurden mehr Datenarten weitergegeben als erlaubt',
    },
    'consent-not-in-force': {
      en: 'The consent was not in force on that day',
      de: 'Die Einwilligung galt an diesem Tag nicht',
    },
    'consent-withdrawn': { en: 'The consent had been withdrawn', de: 'Die Einwilligung war widerrufen' },
  },
  examine({ disclosures, consents }) {
    return verdict(
      disclosures.map((disclosure) => {
        const note = against(consents[disclosure.consentId], disclosure);
        return {
          fits: note === null,
          evidence: evidence('consent', disclosure.consentId, note ?? 'consent-valid', disclosure.at),
        };
      }),
    );
  },
};

/** How a referral was followed up as of a day; `closedAt` ends the time for it. */
function followed(id: string, { moves }: ReferralFact, asOf: string, closedAt: string | null): Finding[] {
  const sent = moves.findIndex(({ to }) => to === 'sent');
  const last = moves.at(-1);
  if (sent < 0 || !last) return [];
  const end = closedAt ? dayOf(closedAt) : asOf;
  const finding = (fits: boolean | null, note: string, on: string): Finding => ({
    fits,
    evidence: evidence('referral', id, note, on),
  });
  const answer = moves.slice(sent + 1).find(({ to }) => to !== 'sent');
  const limit = addDays(moves[sent]!.at, ANSWER_DAYS);
  if ((answer ? dayOf(answer.at) : end) > limit) return [finding(false, 'unanswered-too-long', limit)];
  if (['started', 'completed'].includes(last.to)) return [finding(true, 'help-arrived', last.at)];
  if (['declined', 'discontinued', 'cancelled'].includes(last.to))
    return [
      finding(last.reason !== null, last.reason === null ? 'ended-without-reason' : 'ended-with-reason', last.at),
    ];
  return [finding(closedAt ? false : null, 'left-open', closedAt ?? last.at)];
}

/** CM4-02, PLAN-5: no referral waits over 14 days for an answer; each ends with help that arrived or with a reason. */
const referralsFollowedUp: Rule = {
  id: 'referrals-followed-up',
  advice: {
    en: 'Call the provider and ask the client whether help has arrived. Record the answer; if there is none, choose another provider and note the supply gap.',
    de: 'Rufen Sie beim Leistungserbringer an und fragen Sie nach, ob die Hilfe angekommen ist. Halten Sie die Antwort fest; bleibt sie aus, suchen Sie einen anderen Leistungserbringer und vermerken Sie die Versorgungslücke.',
  },
  notes: {
    'help-arrived': { en: 'The help has begun', de: 'Die Hilfe hat begonnen' },
    'ended-with-reason': { en: 'Ended with a recorded reason', de: 'Mit festgehaltenem Grund beendet' },
    'ended-without-reason': { en: 'Ended without a reason', de: 'Ohne Grund beendet' },
    'unanswered-too-long': { en: 'No answer within 14 days', de: 'Keine Antwort innerhalb von 14 Tagen' },
    'left-open': { en: 'Still open when the case was closed', de: 'Bei Abschluss des Falls noch offen' },
  },
  examine({ referrals, closed }, _caseId, asOf) {
    return verdict(
      Object.entries(referrals).flatMap(([id, referral]) => followed(id, referral, asOf, closed?.at ?? null)),
    );
  },
};

export const linkingRules: readonly Rule[] = [consentBeforeDisclosure, referralsFollowedUp];
