import { refusals } from '../../../../shared/domain/errors';

/** What may be refused about absences (CASE-7). */
export const absenceRules = refusals({
  'absence-needs-team-lead': {
    status: 403,
    title: { en: 'This is for the team lead to note', de: 'Das trägt die Teamleitung ein' },
    detail: {
      en: 'You may note your own absence; that of others is noted by their team lead or the head of the organisation.',
      de: 'Die eigene Abwesenheit können Sie selbst eintragen; die anderer trägt deren Teamleitung oder die Leitung der Organisation ein.',
    },
  },
  'absence-overlaps': {
    title: {
      en: 'There is an absence in this time already',
      de: 'Für diese Zeit ist bereits eine Abwesenheit eingetragen',
    },
    detail: {
      en: 'Change the absence named (PUT /v1/absences/{id}), or recall it.',
      de: 'Ändern Sie die genannte Abwesenheit (PUT /v1/absences/{id}), oder nehmen Sie sie zurück.',
    },
  },
  'deputy-missing': {
    title: { en: 'No deputy is named', de: 'Es ist keine Stellvertretung benannt' },
    detail: {
      en: 'Name a deputy. Otherwise whoever is named for the team would stand in, but your organisation has named nobody (PUT /v1/work-policy, owners).',
      de: 'Nennen Sie eine Stellvertretung. Sonst würde die für das Team benannte Person einspringen; Ihre Organisation hat aber niemanden benannt (PUT /v1/work-policy, owners).',
    },
  },
  'deputy-absent': {
    title: { en: 'A deputy is absent too', de: 'Auch eine Stellvertretung ist abwesend' },
    detail: {
      en: 'Those named are absent at some time of it themselves. Choose others, or divide the time.',
      de: 'Die Genannten sind in dieser Zeit selbst abwesend. Wählen Sie andere, oder teilen Sie die Zeit auf.',
    },
  },
  'stands-in-for-others': {
    title: { en: 'You stand in for somebody in this time', de: 'In dieser Zeit sind Sie selbst Stellvertretung' },
    detail: {
      en: 'Have another deputy named in the absences listed first (PUT /v1/absences/{id}), so that nothing waits unseen.',
      de: 'Lassen Sie in den genannten Abwesenheiten zuerst eine andere Stellvertretung eintragen (PUT /v1/absences/{id}), damit nichts ungesehen liegen bleibt.',
    },
  },
  'absence-over': {
    title: { en: 'This absence is over', de: 'Diese Abwesenheit ist vorbei' },
    detail: {
      en: 'It ended or was recalled. Note a new one.',
      de: 'Sie ist beendet oder zurückgenommen. Tragen Sie eine neue ein.',
    },
  },
});
