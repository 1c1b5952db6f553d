import { refusals } from '../../../../shared/domain/errors';

/** What may be refused about representations (CASE-1, CONS-1). */
export const representationRules = refusals({
  'representation-ended': {
    title: { en: 'This representation has ended', de: 'Diese rechtliche Vertretung ist beendet' },
    detail: {
      en: 'It stays on record. If somebody represents the person again, record a new one with its own evidence.',
      de: 'Sie bleibt gespeichert. Wird die Person wieder vertreten, erfassen Sie eine neue mit eigenem Nachweis.',
    },
  },
});
