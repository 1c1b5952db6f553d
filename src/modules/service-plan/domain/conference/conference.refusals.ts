import { refusals } from '../../../../shared/domain/errors';

/** What a conference refuses (PLAN-4). */
export const rules = refusals({
  'conference-cases-not-linked': {
    title: { en: 'The cases are not linked', de: 'Die Fälle sind nicht verknüpft' },
    detail: {
      en: 'A joint conference is held for linked cases only. Link the cases first, or hold separate conferences.',
      de: 'Eine gemeinsame Konferenz gibt es nur für verknüpfte Fälle. Verknüpfen Sie die Fälle zuerst oder halten Sie getrennte Konferenzen ab.',
    },
  },
  'conference-not-planned': {
    title: { en: 'The conference is over', de: 'Die Konferenz ist abgeschlossen' },
    detail: {
      en: 'The conference was held or cancelled; its record is fixed. Plan a new one for what is still open.',
      de: 'Die Konferenz hat stattgefunden oder wurde abgesagt; ihr Protokoll steht fest. Planen Sie für Offenes eine neue.',
    },
  },
  'conference-already-invited': {
    title: { en: 'Already invited', de: 'Bereits eingeladen' },
    detail: {
      en: 'This person or organisation is invited to the conference already.',
      de: 'Diese Person oder Organisation ist zur Konferenz bereits eingeladen.',
    },
  },
  'conference-not-held': {
    title: { en: 'The conference was not held yet', de: 'Die Konferenz hat noch nicht stattgefunden' },
    detail: {
      en: 'Decisions can be taken over once the minutes are recorded.',
      de: 'Beschlüsse lassen sich übernehmen, sobald das Protokoll erfasst ist.',
    },
  },
  'conference-decision-not-for-plan': {
    title: { en: 'The decision cannot become that', de: 'So lässt sich der Beschluss nicht übernehmen' },
    detail: {
      en: '"becomes" says whether the decision becomes a goal or a measure; name the matching one, of a plan of these cases. A decision is taken over only once.',
      de: '„becomes“ sagt, ob der Beschluss ein Ziel oder eine Maßnahme wird; nennen Sie das passende aus einem Serviceplan dieser Fälle. Ein Beschluss wird nur einmal übernommen.',
    },
  },
});
