import type { AssessmentFact, CaseFacts } from '../case-facts';
import { dayOf, earlier } from '../days';
import { type Evidence, type Rule, evidence, judged, verdict } from '../rule';

type Completed = AssessmentFact & { result: NonNullable<AssessmentFact['result']> };
const completed = ({ assessments }: CaseFacts): [string, Completed][] =>
  Object.entries(assessments).filter((entry): entry is [string, Completed] => entry[1].result !== null);
const seen = (id: string, note: string, on: string): Evidence => evidence('assessment', id, note, on);

/** CM2-01, ASMT-2, ASMT-5: client and case manager each gave their view, or the reason why not is recorded. */
const perspectivesPresent: Rule = {
  id: 'perspectives-present',
  advice: {
    en: 'Ask for the missing view and record it, or write down why it could not be had. Take it up in the next assessment.',
    de: 'Holen Sie die fehlende Sicht ein oder halten Sie fest, warum sie nicht zu bekommen war. Nehmen Sie sie im nächsten Assessment auf.',
  },
  notes: {
    'perspectives-present': {
      en: 'Both views are there or explained',
      de: 'Beide Sichten liegen vor oder sind begründet',
    },
    'client-perspective-missing': {
      en: 'The client’s view is missing without a reason',
      de: 'Die Sicht der Klientin oder des Klienten fehlt ohne Begründung',
    },
    'case-manager-perspective-missing': {
      en: 'The professional view is missing without a reason',
      de: 'Die fachliche Sicht fehlt ohne Begründung',
    },
  },
  examine(facts) {
    return verdict(
      completed(facts).flatMap(([id, { perspectives, result }]) => {
        const missing = (['client', 'case_manager'] as const).filter(
          (side) => !perspectives.includes(side) && !result.explained.includes(side),
        );
        const faults = missing.map((side) => `${side.replace('_', '-')}-perspective-missing`);
        return judged(faults, 'perspectives-present', (note) => seen(id, note, result.completedOn));
      }),
    );
  },
};

/** CM2-02, ASMT-5: the result names needs and resources, or says why there are none. */
const needsAndResourcesFound: Rule = {
  id: 'needs-and-resources-found',
  advice: {
    en: 'Go through the result with the client again: name the needs, and look for strengths of the person and of those around them.',
    de: 'Gehen Sie das Ergebnis noch einmal gemeinsam durch: Benennen Sie die Bedarfe und suchen Sie nach Stärken der Person und ihres Umfelds.',
  },
  notes: {
    'needs-and-resources-found': {
      en: 'Needs and resources are named or explained',
      de: 'Bedarfe und Ressourcen sind benannt oder begründet',
    },
    'needs-missing': {
      en: 'No need is named and no reason given',
      de: 'Kein Bedarf ist benannt und kein Grund angegeben',
    },
    'resources-not-looked-for': { en: 'Resources were not looked for', de: 'Nach Ressourcen wurde nicht gesucht' },
  },
  examine(facts) {
    return verdict(
      completed(facts).flatMap(([id, { result }]) => {
        const faults = [
          ...(result.needs > 0 || result.noNeedExplained ? [] : ['needs-missing']),
          ...(result.resources > 0 || result.resourcesLookedFor ? [] : ['resources-not-looked-for']),
        ];
        return judged(faults, 'needs-and-resources-found', (note) => seen(id, note, result.completedOn));
      }),
    );
  },
};

/** CM2-03, ASMT-3: each assessment was completed by its planned end. Until then it is not due; a closed case stops the clock. */
const assessmentInTime: Rule = {
  id: 'assessment-in-time',
  advice: {
    en: 'Bring the assessment to its end, or agree on a new end with the client and say why. Plan the time it really takes.',
    de: 'Schließen Sie das Assessment ab oder vereinbaren Sie mit Begründung ein neues Ende. Planen Sie die Zeit, die es wirklich braucht.',
  },
  notes: {
    'completed-in-time': { en: 'Completed by the planned end', de: 'Bis zum geplanten Ende abgeschlossen' },
    'completed-late': { en: 'Completed after the planned end', de: 'Nach dem geplanten Ende abgeschlossen' },
    overdue: { en: 'Still open after the planned end', de: 'Nach dem geplanten Ende noch offen' },
  },
  examine({ assessments, closed }, _caseId, asOf) {
    const end = closed ? earlier(dayOf(closed.at), asOf) : asOf;
    return verdict(
      Object.entries(assessments)
        .filter(([, { plannedEnd }]) => plannedEnd !== '')
        .map(([id, { plannedEnd, result }]) => {
          if (!result) return { fits: end > plannedEnd ? false : null, evidence: seen(id, 'overdue', plannedEnd) };
          const fits = result.completedOn <= plannedEnd;
          return { fits, evidence: seen(id, fits ? 'completed-in-time' : 'completed-late', result.completedOn) };
        }),
    );
  },
};

export const assessmentRules: readonly Rule[] = [perspectivesPresent, needsAndResourcesFound, assessmentInTime];
