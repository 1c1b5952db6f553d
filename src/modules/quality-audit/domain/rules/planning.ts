import { type Rule, evidence, judged, verdict } from '../rule';

/** Phases that need an agreed plan (CASE-6). */
const NEED_PLAN = ['linking', 'monitoring'];

/** CM3-01, PLAN-1: every outcome goal of the plan in force has a date and a sign by which it can be checked. */
const goalsDatedAndCheckable: Rule = {
  id: 'goals-dated-and-checkable',
  advice: {
    en: 'Agree with the client by when each outcome goal shall be reached and by what you both will see it; sign the new edition.',
    de: 'Vereinbaren Sie gemeinsam, bis wann jedes Ergebnisziel erreicht sein soll und woran Sie es beide erkennen; unterschreiben Sie die neue Fassung.',
  },
  notes: {
    'goals-checkable': {
      en: 'Every outcome goal is dated and has an indicator',
      de: 'Jedes Ergebnisziel hat Termin und Merkmal',
    },
    'outcome-goal-missing': { en: 'The plan has no outcome goal', de: 'Der Plan hat kein Ergebnisziel' },
    'goal-date-missing': { en: 'An outcome goal has no date', de: 'Ein Ergebnisziel hat keinen Termin' },
    'goal-indicator-missing': {
      en: 'An outcome goal has no indicator',
      de: 'Ein Ergebnisziel hat kein prüfbares Merkmal',
    },
  },
  examine({ plans }) {
    return verdict(
      Object.entries(plans).flatMap(([id, { goals, agreedOn }]) => {
        const outcomes = goals.filter(({ level }) => level === 'outcome');
        const faults = [
          ...(outcomes.length > 0 ? [] : ['outcome-goal-missing']),
          ...(outcomes.every(({ targetDate }) => targetDate) ? [] : ['goal-date-missing']),
          ...(outcomes.every(({ hasIndicator }) => hasIndicator) ? [] : ['goal-indicator-missing']),
        ];
        return judged(faults, 'goals-checkable', (note) => evidence('service_plan', id, note, agreedOn));
      }),
    );
  },
};

/** CM3-02, PLAN-3: the plan in force is signed by the client; help is not arranged without such a plan. */
const planSignedByClient: Rule = {
  id: 'plan-signed-by-client',
  advice: {
    en: 'Go through the plan with the client in an understood language, have it signed and hand over the copy.',
    de: 'Gehen Sie den Plan in verständlicher Sprache gemeinsam durch, lassen Sie ihn unterschreiben und händigen Sie die Ausfertigung aus.',
  },
  notes: {
    'client-signed': { en: 'Signed by the client', de: 'Von der Klientin oder dem Klienten unterschrieben' },
    'client-signature-missing': {
      en: 'The client has not signed',
      de: 'Die Unterschrift der Klientin oder des Klienten fehlt',
    },
    'client-signed-late': {
      en: 'The client signed only after the plan was in force',
      de: 'Erst nach Inkrafttreten unterschrieben',
    },
    'plan-missing': {
      en: 'Help was arranged without an agreed plan',
      de: 'Hilfe wurde ohne vereinbarten Plan vermittelt',
    },
  },
  examine({ plans, phases }, caseId) {
    const agreed = Object.entries(plans);
    const arranging = phases.find(({ phase }) => NEED_PLAN.includes(phase));
    if (agreed.length === 0 && arranging)
      return verdict([{ fits: false, evidence: evidence('case', caseId, 'plan-missing', arranging.at) }]);
    return verdict(
      agreed.map(([id, { clientSignedOn, agreedOn }]) => {
        const note = !clientSignedOn
          ? 'client-signature-missing'
          : clientSignedOn > agreedOn
            ? 'client-signed-late'
            : 'client-signed';
        return {
          fits: note === 'client-signed',
          evidence: evidence('service_plan', id, note, clientSignedOn || agreedOn),
        };
      }),
    );
  },
};

export const planningRules: readonly Rule[] = [goalsDatedAndCheckable, planSignedByClient];
