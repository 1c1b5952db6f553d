import { refusals } from '../../../../shared/domain/errors';

/** What may be refused about the questions an organisation adds to the screening (CASE-3). */
export const rules = refusals({
  'question-set-published': {
    title: { en: 'These questions are published', de: 'Diese Fragen sind veröffentlicht' },
    detail: {
      en: 'Screenings rely on them, so they are never changed. Draft a new set of questions and publish it.',
      de: 'Indikationsprüfungen beruhen auf ihnen, daher werden sie nicht mehr geändert. Entwerfen und veröffentlichen Sie einen neuen Fragensatz.',
    },
  },
});
