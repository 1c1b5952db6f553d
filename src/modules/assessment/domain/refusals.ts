import { refusals } from '../../../shared/domain/errors';

/** What the assessment module refuses. */
export const rules = refusals({
  'not-in-assessment-phase': {
    title: { en: 'The case is not in the assessment phase', de: 'Der Fall ist nicht in der Assessmentphase' },
    detail: {
      en: 'An assessment begins in the phase assessment. From clarification, sign the agreement and move the case on; from monitoring, move it back for a reassessment.',
      de: 'Ein Assessment beginnt in der Phase Assessment. Aus der Klärung führen Sie den Fall nach der Vereinbarung weiter; aus dem Monitoring führen Sie ihn für ein Reassessment zurück.',
    },
  },
  'assessment-needs-participation': {
    title: { en: 'The consent to take part is missing', de: 'Die Einwilligung in die Teilnahme fehlt' },
    detail: {
      en: 'There is no valid consent to participation in this case. Talk with the client; with a new consent the assessment can begin.',
      de: 'In diesem Fall gibt es keine gültige Einwilligung in die Teilnahme. Sprechen Sie mit der Klientin oder dem Klienten; mit einer neuen Einwilligung kann das Assessment beginnen.',
    },
  },
  'perspective-not-yours': {
    status: 403,
    title: { en: 'This is not your perspective', de: 'Das ist nicht Ihre Perspektive' },
    detail: {
      en: 'You can give your own view as the client. The other views are recorded by your case manager.',
      de: 'Sie können Ihre eigene Sicht als Klientin oder Klient angeben. Die anderen Sichtweisen erfasst Ihre Case Managerin oder Ihr Case Manager.',
    },
  },
  'client-answered-in-person': {
    title: { en: 'The client answered in person', de: 'Die Klientin oder der Klient hat selbst geantwortet' },
    detail: {
      en: 'What the client wrote is not overwritten by others. Ask the client to change the own answers; your view goes into the case manager’s perspective.',
      de: 'Was die Klientin oder der Klient selbst geschrieben hat, überschreibt niemand sonst. Bitten Sie um eine Änderung; Ihre eigene Sicht gehört in die Perspektive case_manager.',
    },
  },
  'perspective-already-given': {
    title: { en: 'This perspective was given', de: 'Diese Perspektive liegt vor' },
    detail: {
      en: 'There are answers from this side, so there is nothing to explain.',
      de: 'Von dieser Seite liegen Antworten vor; es gibt nichts zu begründen.',
    },
  },
  'assessment-completed': {
    title: { en: 'The assessment is completed', de: 'Das Assessment ist abgeschlossen' },
    detail: {
      en: 'A completed assessment does not change any more. Begin a reassessment if the situation is different now.',
      de: 'Ein abgeschlossenes Assessment wird nicht mehr geändert. Beginnen Sie ein Reassessment, wenn die Lage sich verändert hat.',
    },
  },
  'assessment-stopped': {
    title: { en: 'The assessment was stopped', de: 'Das Assessment wurde beendet' },
    detail: {
      en: 'It was stopped because the consent to participation was withdrawn. With a new consent, begin a new assessment.',
      de: 'Es wurde beendet, weil die Einwilligung in die Teilnahme widerrufen wurde. Mit einer neuen Einwilligung beginnen Sie ein neues Assessment.',
    },
  },
  'assessment-incomplete': {
    title: { en: 'The assessment is not complete yet', de: 'Das Assessment ist noch nicht vollständig' },
    detail: {
      en: '"unmet" names what is missing before it can be completed.',
      de: '„unmet“ nennt, was vor dem Abschluss noch fehlt.',
    },
  },
  'assessment-client-perspective-missing': {
    title: { en: 'The client’s perspective is missing', de: 'Die Sicht der Klientin oder des Klienten fehlt' },
    detail: {
      en: 'Have the client answer, or record why that is not possible.',
      de: 'Lassen Sie die Klientin oder den Klienten antworten oder erfassen Sie, warum das nicht möglich ist.',
    },
  },
  'assessment-case-manager-perspective-missing': {
    title: { en: 'The case manager’s perspective is missing', de: 'Die Sicht der Fallführung fehlt' },
    detail: {
      en: 'Answer the instrument from your point of view, or record why you do not.',
      de: 'Beantworten Sie das Instrument aus Ihrer Sicht oder erfassen Sie, warum nicht.',
    },
  },
  'assessment-need-missing': {
    title: { en: 'No need is recorded', de: 'Es ist kein Bedarf erfasst' },
    detail: {
      en: 'Record at least one need in the result, or the reason why there is none.',
      de: 'Erfassen Sie im Ergebnis mindestens einen Bedarf oder die Begründung, warum keiner besteht.',
    },
  },
  'assessment-resources-not-looked-for': {
    title: { en: 'Resources were not looked for', de: 'Nach Ressourcen wurde nicht gesucht' },
    detail: {
      en: 'Look with the client for what the person and the surroundings can give, and confirm it in the result (resourcesLookedFor).',
      de: 'Suchen Sie gemeinsam, was die Person und ihr Umfeld beitragen können, und bestätigen Sie das im Ergebnis (resourcesLookedFor).',
    },
  },
  'assessment-client-agreement-missing': {
    title: { en: 'The client’s agreement is missing', de: 'Die Zustimmung der Klientin oder des Klienten fehlt' },
    detail: {
      en: 'Go through the result with the client and record the written agreement: its day and form.',
      de: 'Besprechen Sie das Ergebnis und erfassen Sie die schriftliche Zustimmung mit Datum und Form.',
    },
  },
});
