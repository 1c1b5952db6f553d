import { dayOf } from '../days';
import { NOT_APPLICABLE, type Rule, evidence, verdict } from '../rule';

/** Phases that need a signed agreement (CASE-6); evaluation may be reached without one when consent is withdrawn. */
const NEED_AGREEMENT = ['assessment', 'service_planning', 'linking', 'monitoring'];

/** CM1-01, CASE-3: the six criteria were answered with reasons before the case was opened. */
const requestScreened: Rule = {
  id: 'request-screened',
  advice: {
    en: 'Complete the screening: answer each of the six criteria with its reason. Talk over in the team why the case was opened without it.',
    de: 'Vervollständigen Sie die Indikationsprüfung: jedes der sechs Kriterien mit Begründung. Besprechen Sie im Team, warum der Fall ohne sie eröffnet wurde.',
  },
  notes: {
    screened: { en: 'All six criteria were met and reasoned', de: 'Alle sechs Kriterien waren erfüllt und begründet' },
    'criteria-incomplete': {
      en: 'A criterion is not met or has no reason',
      de: 'Ein Kriterium ist nicht erfüllt oder nicht begründet',
    },
    'screened-after-opening': {
      en: 'Screened only after the case was opened',
      de: 'Erst nach Eröffnung des Falls geprüft',
    },
  },
  examine({ opening }) {
    if (!opening) return NOT_APPLICABLE;
    const { requestId, criteriaMetAndReasoned, screenedAt, at } = opening;
    const note = !criteriaMetAndReasoned
      ? 'criteria-incomplete'
      : screenedAt > at
        ? 'screened-after-opening'
        : 'screened';
    return verdict([{ fits: note === 'screened', evidence: evidence('request', requestId, note, screenedAt) }]);
  },
};

/** CM1-02, CASE-2: an acute danger was addressed before the screening was finished. */
const dangerAddressedFirst: Rule = {
  id: 'danger-addressed-first',
  advice: {
    en: 'Make sure now that the danger is averted or in other hands, and record it. Clarify in the team how crisis help comes first next time.',
    de: 'Stellen Sie jetzt sicher, dass die Gefahr abgewendet oder in anderen Händen ist, und halten Sie es fest. Klären Sie im Team, wie Krisenhilfe künftig zuerst kommt.',
  },
  notes: {
    'danger-addressed': { en: 'The danger was addressed first', de: 'Die Gefahr wurde zuerst bearbeitet' },
    'danger-not-addressed': {
      en: 'No crisis intervention settled the danger',
      de: 'Keine Krisenintervention hat die Gefahr geklärt',
    },
    'danger-addressed-late': {
      en: 'The danger was addressed only after the screening',
      de: 'Die Gefahr wurde erst nach der Prüfung bearbeitet',
    },
  },
  examine({ opening }) {
    if (!opening?.acuteDanger) return NOT_APPLICABLE;
    const { requestId, dangerAddressedAt, screenedAt } = opening;
    const late = dangerAddressedAt !== null && dangerAddressedAt > screenedAt;
    const note =
      dangerAddressedAt === null ? 'danger-not-addressed' : late ? 'danger-addressed-late' : 'danger-addressed';
    const finding = evidence('request', requestId, note, dangerAddressedAt ?? screenedAt);
    return verdict([{ fits: note === 'danger-addressed', evidence: finding }]);
  },
};

/** CM1-03, CASE-5: work goes beyond clarification only with a signed agreement that relies on participation consent in force. */
const agreementSignedWithConsent: Rule = {
  id: 'agreement-signed-with-consent',
  advice: {
    en: 'Explain case management again, obtain the consent to take part and have the agreement signed before you go on.',
    de: 'Erklären Sie das Case Management noch einmal, holen Sie die Einwilligung in die Teilnahme ein und lassen Sie die Vereinbarung unterschreiben, bevor Sie weiterarbeiten.',
  },
  notes: {
    'agreement-signed': { en: 'Signed with consent in force', de: 'Unterschrieben mit gültiger Einwilligung' },
    'agreement-missing': {
      en: 'Work went on without a signed agreement',
      de: 'Es wurde ohne unterschriebene Vereinbarung weitergearbeitet',
    },
    'consent-missing': {
      en: 'The consent named is not a known consent to take part',
      de: 'Die genannte Einwilligung ist keine bekannte Einwilligung in die Teilnahme',
    },
    'consent-not-in-force': {
      en: 'The consent was not in force on the day of signature',
      de: 'Die Einwilligung galt am Tag der Unterschrift nicht',
    },
  },
  examine({ agreement, consents, phases }, caseId) {
    if (!agreement) {
      const beyond = phases.find(({ phase }) => NEED_AGREEMENT.includes(phase));
      if (!beyond) return NOT_APPLICABLE;
      return verdict([{ fits: false, evidence: evidence('case', caseId, 'agreement-missing', beyond.at) }]);
    }
    const { consentId, signedOn } = agreement;
    const consent = consents[consentId];
    if (consent?.kind !== 'participation')
      return verdict([{ fits: false, evidence: evidence('case', caseId, 'consent-missing', signedOn) }]);
    const inForce =
      dayOf(consent.validFrom) <= signedOn &&
      (consent.validUntil === null || dayOf(consent.validUntil) >= signedOn) &&
      !consent.withdrawals.some(({ whole, at }) => whole && dayOf(at) < signedOn);
    const note = inForce ? 'agreement-signed' : 'consent-not-in-force';
    return verdict([{ fits: inForce, evidence: evidence('consent', consentId, note, signedOn) }]);
  },
};

export const clarificationRules: readonly Rule[] = [requestScreened, dangerAddressedFirst, agreementSignedWithConsent];
