import { refusals } from '../../../../shared/domain/errors';

/** What an evaluation refuses (PLAN-8). */
export const rules = refusals({
  'evaluation-too-early': {
    title: { en: 'The case is not in evaluation', de: 'Der Fall ist nicht in der Evaluation' },
    detail: {
      en: 'Move the case to the phase evaluation first: hold the final review, or record that consent was withdrawn or the client cannot be reached.',
      de: 'Führen Sie den Fall zuerst in die Phase Evaluation: Führen Sie die abschließende Überprüfung durch, oder erfassen Sie, dass die Einwilligung widerrufen oder die Klientin oder der Klient nicht erreichbar ist.',
    },
  },
  'evaluation-already-open': {
    title: { en: 'There is an open evaluation', de: 'Es gibt eine offene Evaluation' },
    detail: {
      en: 'Go on with the open evaluation of this plan and record it.',
      de: 'Arbeiten Sie an der offenen Evaluation dieses Plans weiter und schließen Sie sie ab.',
    },
  },
  'evaluation-fixed': {
    title: { en: 'The evaluation is fixed', de: 'Die Evaluation steht fest' },
    detail: {
      en: 'Recorded results do not change. What was learnt later belongs in the journal, or in a new evaluation after the case is reopened.',
      de: 'Festgehaltene Ergebnisse ändern sich nicht. Späteres gehört ins Journal oder, nach Wiederaufnahme des Falls, in eine neue Evaluation.',
    },
  },
  'evaluation-rating-not-yours': {
    title: { en: 'This is not your side', de: 'Das ist nicht Ihre Sicht' },
    detail: {
      en: 'Clients rate as client and providers as provider. The case manager rates as case_manager, enters ratings of others, and says in onBehalf how they were obtained.',
      de: 'Klientinnen und Klienten bewerten als client, Leistungserbringer als provider. Die Fallführung bewertet als case_manager und trägt Bewertungen anderer ein und gibt in onBehalf an, wie sie eingeholt wurden.',
    },
    status: 403,
  },
  'evaluation-provider-not-involved': {
    title: { en: 'The provider was not involved', de: 'Der Leistungserbringer war nicht beteiligt' },
    detail: {
      en: 'Only a provider to whom a referral of this case was sent rates its evaluation. Name such a provider.',
      de: 'Es bewertet nur ein Leistungserbringer, an den eine Vermittlung dieses Falls versandt wurde. Nennen Sie einen solchen.',
    },
    status: 422,
  },
  'evaluation-already-rated': {
    title: { en: 'This side has rated', de: 'Diese Seite hat bereits bewertet' },
    detail: {
      en: 'A reason is needed only where there is no rating. The rating can be replaced while the evaluation is open.',
      de: 'Eine Begründung braucht es nur, wo eine Bewertung fehlt. Solange die Evaluation offen ist, kann die Bewertung ersetzt werden.',
    },
  },
  'evaluation-not-complete': {
    title: { en: 'The evaluation is not complete', de: 'Die Evaluation ist nicht vollständig' },
    detail: {
      en: '"unmet" names what is missing before the evaluation can be recorded; it is fixed afterwards.',
      de: '„unmet“ nennt, was noch fehlt, bevor die Evaluation festgehalten werden kann; danach steht sie fest.',
    },
  },
  'evaluation-client-rating-missing': {
    title: { en: 'The client has not rated', de: 'Die Bewertung der Klientin oder des Klienten fehlt' },
    detail: {
      en: 'Obtain the client’s rating, or record why there is none.',
      de: 'Holen Sie die Bewertung der Klientin oder des Klienten ein, oder erfassen Sie, warum es keine gibt.',
    },
  },
  'evaluation-case-manager-rating-missing': {
    title: { en: 'The case manager has not rated', de: 'Die Bewertung der Fallführung fehlt' },
    detail: {
      en: 'Give your own rating of the help process.',
      de: 'Geben Sie Ihre eigene Bewertung des Hilfeprozesses ab.',
    },
  },
  'evaluation-provider-rating-missing': {
    title: { en: 'A provider has not rated', de: 'Die Bewertung eines Leistungserbringers fehlt' },
    detail: {
      en: 'Ask every provider whose help had begun for a rating, or record why there is none. "providerIds" names those missing.',
      de: 'Bitten Sie jeden Leistungserbringer, dessen Hilfe begonnen hatte, um eine Bewertung, oder erfassen Sie, warum es keine gibt. „providerIds“ nennt die fehlenden.',
    },
  },
  'evaluation-appointment-missing': {
    title: { en: 'The evaluation was not talked over', de: 'Das Evaluationsgespräch fehlt' },
    detail: {
      en: 'Hold the evaluation appointment with the client and record its day, or record the day it was offered and why it did not take place.',
      de: 'Führen Sie das Evaluationsgespräch und erfassen Sie den Tag, oder erfassen Sie, wann es angeboten wurde und warum es nicht stattfand.',
    },
  },
  'evaluation-what-changed-missing': {
    title: { en: 'What changed is not recorded', de: 'Die Veränderungen fehlen' },
    detail: {
      en: 'Record what changed for the client.',
      de: 'Erfassen Sie, was sich für die Klientin oder den Klienten verändert hat.',
    },
  },
  'evaluation-aftercare-missing': {
    title: { en: 'Aftercare is not recorded', de: 'Die Nachsorge fehlt' },
    detail: {
      en: 'Record the aftercare, or that none is needed.',
      de: 'Erfassen Sie die Nachsorge, oder dass keine nötig ist.',
    },
  },
  'evaluation-handover-missing': {
    title: { en: 'The handover is not recorded', de: 'Die Überleitung fehlt' },
    detail: {
      en: 'Record what goes over to regular services and people around the client, or that nothing does.',
      de: 'Erfassen Sie, was an Regeldienste und das Umfeld übergeht, oder dass nichts übergeht.',
    },
  },
  'evaluation-lessons-missing': {
    title: { en: 'The lessons for the network are not recorded', de: 'Die Lehren für das Netzwerk fehlen' },
    detail: {
      en: 'Record what the network of services can learn from this case, or that there is nothing.',
      de: 'Erfassen Sie, was das Versorgungsnetz aus diesem Fall lernen kann, oder dass es nichts gibt.',
    },
  },
});
