import { refusals } from '../../../shared/domain/errors';

/** What may be refused about absences (CASE-7). */
export const absenceRules = refusals({
  'absence-needs-team-lead': {
    status: 403,
    title: { en: 'This is for the team lead to note', de: 'Das hält die Teamleitung fest' },
    detail: {
      en: 'You may note your own absence; that of others is noted by their team lead or the head of the organisation.',
      de: 'Die eigene Abwesenheit können Sie festhalten; die anderer hält deren Teamleitung oder die Leitung der Organisation fest.',
    },
  },
  'absence-overlaps': {
    title: {
      en: 'There is an absence in this time already',
      de: 'Für diese Zeit ist schon eine Abwesenheit festgehalten',
    },
    detail: {
      en: 'Change the absence named (PUT /v1/absences/{id}), or recall it.',
      de: 'Ändern Sie die genannte Abwesenheit (PUT /v1/absences/{id}), oder nehmen Sie sie zurück.',
    },
  },
  'deputy-missing': {
    title: { en: 'Nobody stands in', de: 'Niemand vertritt' },
    detail: {
      en: 'Name a deputy. Without one the owner of the team would stand in, but the organisation has named none (PUT /v1/work-policy, owners).',
      de: 'Nennen Sie eine Vertretung. Ohne sie träte die für das Team benannte Person ein; die Organisation hat aber keine benannt (PUT /v1/work-policy, owners).',
    },
  },
  'deputy-absent': {
    title: { en: 'A deputy is absent too', de: 'Auch eine Vertretung ist abwesend' },
    detail: {
      en: 'Those named are absent at some time of it themselves. Choose others, or divide the time.',
      de: 'Die Genannten sind in dieser Zeit selbst abwesend. Wählen Sie andere, oder teilen Sie die Zeit auf.',
    },
  },
  'stands-in-for-others': {
    title: { en: 'You stand in for somebody in this time', de: 'Sie vertreten in dieser Zeit jemanden' },
    detail: {
      en: 'Have another deputy named in the absences listed first (PUT /v1/absences/{id}), so that nothing waits unseen.',
      de: 'Lassen Sie in den genannten Abwesenheiten zuerst eine andere Vertretung nennen (PUT /v1/absences/{id}), damit nichts ungesehen liegen bleibt.',
    },
  },
  'absence-over': {
    title: { en: 'This absence is over', de: 'Diese Abwesenheit ist vorbei' },
    detail: {
      en: 'It ended or was recalled. Note a new one.',
      de: 'Sie ist beendet oder zurückgenommen. Halten Sie eine neue fest.',
    },
  },
});
