import { refusals } from '../../../../shared/domain/errors';

/** What may be refused about requests (CASE-1 … CASE-4), and the open points of a screening named in `unmet`. */
export const rules = refusals({
  'request-finished': {
    title: { en: 'This request is finished', de: 'Diese Anfrage ist abgeschlossen' },
    detail: {
      en: 'It was declined or became a case ("currentStatus"). Continue in the case, or record a new request if help is asked for again.',
      de: 'Sie wurde abgelehnt oder ist ein Fall geworden („currentStatus“). Arbeiten Sie im Fall weiter oder erfassen Sie eine neue Anfrage, wenn erneut um Hilfe gebeten wird.',
    },
  },
  'danger-unaddressed': {
    title: { en: 'The acute danger comes first', de: 'Die akute Gefährdung geht vor' },
    detail: {
      en: 'Act first, and record the crisis intervention (POST …/crisis-interventions) with which the danger was averted or put into other hands; then go on here.',
      de: 'Handeln Sie zuerst und erfassen Sie die Krisenintervention (POST …/crisis-interventions), mit der die Gefahr abgewendet oder in andere Hände gegeben wurde; danach geht es hier weiter.',
    },
  },
  'no-danger-raised': {
    title: { en: 'No acute danger was raised', de: 'Es wurde keine akute Gefährdung gemeldet' },
    detail: {
      en: 'Raise the danger first (POST …/acute-danger); then record what was done against it.',
      de: 'Melden Sie zuerst die Gefährdung (POST …/acute-danger) und erfassen Sie dann, was dagegen getan wurde.',
    },
  },
  'screening-completed': {
    title: { en: 'The screening is completed', de: 'Die Indikationsprüfung ist abgeschlossen' },
    detail: {
      en: 'A completed screening is not changed. If the situation has changed, decline this request and record a new one.',
      de: 'Eine abgeschlossene Indikationsprüfung wird nicht mehr geändert. Hat sich die Lage geändert, lehnen Sie diese Anfrage ab und erfassen Sie eine neue.',
    },
  },
  'screening-incomplete': {
    title: { en: 'The screening is not complete yet', de: 'Die Indikationsprüfung ist noch nicht vollständig' },
    detail: {
      en: 'Each of the six criteria and the competence of your organisation need an answer with a reason. What is missing stands under "unmet".',
      de: 'Jedes der sechs Kriterien und die Zuständigkeit Ihrer Organisation brauchen eine Antwort mit Begründung. Was fehlt, steht unter „unmet“.',
    },
  },
  'complex-need-unanswered': {
    title: { en: 'Complex need', de: 'Komplexe Bedarfslage' },
    detail: {
      en: 'Answer with a reason: is the need complex, with problems that act on each other?',
      de: 'Beantworten und begründen Sie: Ist die Bedarfslage komplex, wirken mehrere Probleme aufeinander ein?',
    },
  },
  'several-providers-unanswered': {
    title: { en: 'Several providers', de: 'Mehrere Leistungserbringer' },
    detail: {
      en: 'Answer with a reason: are there several providers whose help has to be coordinated?',
      de: 'Beantworten und begründen Sie: Sind die Hilfen mehrerer Leistungserbringer aufeinander abzustimmen?',
    },
  },
  'regular-pathways-insufficient-unanswered': {
    title: { en: 'Regular pathways', de: 'Regelversorgung' },
    detail: {
      en: 'Answer with a reason: are the regular pathways insufficient, or have they failed repeatedly?',
      de: 'Beantworten und begründen Sie: Reichen die Regelpfade nicht aus, oder haben sie wiederholt nicht gegriffen?',
    },
  },
  'own-resources-insufficient-unanswered': {
    title: { en: 'Own resources', de: 'Eigene Ressourcen' },
    detail: {
      en: 'Answer with a reason: are the own resources of the person system insufficient to steer the help?',
      de: 'Beantworten und begründen Sie: Reichen die eigenen Ressourcen des Personensystems nicht aus, um die Hilfen selbst zu steuern?',
    },
  },
  'consent-given-or-developing-unanswered': {
    title: { en: 'Consent', de: 'Einwilligung' },
    detail: {
      en: 'Answer with a reason: is consent given, or is it developing?',
      de: 'Beantworten und begründen Sie: Liegt eine Einwilligung vor, oder entwickelt sie sich?',
    },
  },
  'longer-term-unanswered': {
    title: { en: 'Longer-term situation', de: 'Längerfristige Bedarfslage' },
    detail: {
      en: 'Answer with a reason: will help be needed for a longer time?',
      de: 'Beantworten und begründen Sie: Wird die Unterstützung längerfristig gebraucht?',
    },
  },
  'added-questions-unanswered': {
    title: { en: 'Questions of your organisation', de: 'Fragen Ihrer Organisation' },
    detail: {
      en: 'Answer the questions that your organisation added and requires; their codes stand under "unansweredQuestions".',
      de: 'Beantworten Sie die Fragen, die Ihre Organisation hinzugefügt und zur Pflicht gemacht hat; ihre Codes stehen unter „unansweredQuestions“.',
    },
  },
  'competence-unanswered': {
    title: { en: 'Competence', de: 'Zuständigkeit' },
    detail: {
      en: 'Say, with a reason, whether your organisation is competent for this request.',
      de: 'Geben Sie mit Begründung an, ob Ihre Organisation für diese Anfrage zuständig ist.',
    },
  },
  'request-not-indicated': {
    title: {
      en: 'Case management is not indicated for this request',
      de: 'Für diese Anfrage ist Case Management nicht indiziert',
    },
    detail: {
      en: 'The screening found what stands under "unmetCriteria". Decline the request and refer the person on; if the situation has changed since, record a new request.',
      de: 'Die Prüfung hat ergeben, was unter „unmetCriteria“ steht. Lehnen Sie die Anfrage ab und verweisen Sie weiter; hat sich die Lage seither geändert, erfassen Sie eine neue Anfrage.',
    },
  },
  'screening-not-completed': {
    title: {
      en: 'The screening of this request is not completed',
      de: 'Die Indikationsprüfung dieser Anfrage ist nicht abgeschlossen',
    },
    detail: {
      en: 'A case opens only from a request whose screening was completed and came out as indicated. Answer what stands under "unmet", then complete the screening (POST …/screening/completion).',
      de: 'Ein Fall wird nur aus einer Anfrage eröffnet, deren Prüfung abgeschlossen ist und die Indikation ergeben hat. Beantworten Sie, was unter „unmet“ steht, und schließen Sie die Prüfung ab (POST …/screening/completion).',
    },
  },
  'decline-without-screening': {
    title: { en: 'The screening has not shown this', de: 'Die Prüfung hat das nicht ergeben' },
    detail: {
      en: 'A request is declined as not indicated only after its screening came out so. Complete the screening first, or choose another reason.',
      de: 'Als nicht indiziert wird eine Anfrage erst abgelehnt, wenn die Prüfung dies ergeben hat. Schließen Sie die Prüfung zuerst ab, oder wählen Sie einen anderen Grund.',
    },
  },
  'complaint-procedure-not-explained': {
    title: { en: 'The complaint procedure was not explained', de: 'Der Beschwerdeweg wurde nicht erklärt' },
    detail: {
      en: 'Explain to the person how to complain about the refusal, and then decline with complaintProcedureExplained = true.',
      de: 'Erklären Sie der Person, wie sie sich über die Ablehnung beschweren kann, und lehnen Sie danach mit complaintProcedureExplained = true ab.',
    },
  },
  'decline-to-confirm': {
    title: {
      en: 'A team lead has yet to confirm the decline',
      de: 'Die Ablehnung muss noch von der Teamleitung bestätigt werden',
    },
    detail: {
      en: 'The request rests until a team lead confirms the decline or takes it back (POST …/decline-confirmation).',
      de: 'Die Anfrage ruht, bis eine Teamleitung die Ablehnung bestätigt oder zurücknimmt (POST …/decline-confirmation).',
    },
  },
  'no-decline-to-confirm': {
    title: { en: 'There is no decline to confirm', de: 'Es ist keine Ablehnung zu bestätigen' },
    detail: {
      en: 'Only a decline for earlier history waits for a team lead. Read the request again to see where it stands.',
      de: 'Nur eine Ablehnung wegen der Vorgeschichte wartet auf die Teamleitung. Lesen Sie die Anfrage neu, um ihren Stand zu sehen.',
    },
  },
  'request-not-declined': {
    title: { en: 'This request is not declined', de: 'Diese Anfrage ist nicht abgelehnt' },
    detail: {
      en: 'There is a letter only about a decline that is final. Decline the request first, or have the team lead confirm it.',
      de: 'Einen Brief gibt es nur zu einer endgültigen Ablehnung. Lehnen Sie die Anfrage zuerst ab, oder lassen Sie die Ablehnung von der Teamleitung bestätigen.',
    },
  },
  'complaint-way-missing': {
    title: {
      en: 'Your organisation has not said how to complain',
      de: 'Ihre Organisation hat den Beschwerdeweg nicht hinterlegt',
    },
    detail: {
      en: 'A decline letter tells how to complain. Have the head of the organisation record the complaint way first (PUT /v1/complaint-way).',
      de: 'Ein Ablehnungsbrief nennt den Beschwerdeweg. Lassen Sie ihn zuerst von der Leitung der Organisation hinterlegen (PUT /v1/complaint-way).',
    },
  },
  'decline-needs-team-lead': {
    title: { en: 'Only a team lead may confirm this', de: 'Nur eine Teamleitung darf das bestätigen' },
    detail: {
      en: 'A decline for earlier history is confirmed by a team lead. Ask the one named in "confirmedBy".',
      de: 'Eine Ablehnung wegen der Vorgeschichte bestätigt die Teamleitung. Wenden Sie sich an die unter „confirmedBy“ genannte Person.',
    },
    status: 403,
  },
});
