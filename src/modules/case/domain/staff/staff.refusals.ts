import { refusals } from '../../../../shared/domain/errors';

/** What may be refused about staff records. */
export const staffRules = refusals({
  'staff-of-other-team': {
    status: 403,
    title: { en: 'This is for the team lead of another team', de: 'Dafür ist eine andere Teamleitung zuständig' },
    detail: {
      en: 'Team leads keep the records of their own teams: the team decides who may note absences and who stands in. Ask the other team lead, or the head of the organisation, to move somebody between teams.',
      de: 'Teamleitungen führen die Angaben der eigenen Teams: Das Team entscheidet, wer Abwesenheiten erfassen darf und wer vertritt. Bitten Sie die andere Teamleitung oder die Leitung der Organisation, jemanden in ein anderes Team zu versetzen.',
    },
  },
});
