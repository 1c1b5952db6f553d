import { refusals } from '../../../shared/domain/errors';

/** What may be refused about persons (CASE-1). */
export const rules = refusals({
  'person-merged': {
    title: { en: 'This person was merged into another', de: 'Diese Person wurde mit einer anderen zusammengeführt' },
    detail: {
      en: 'The record is kept for reading only. Go on with the person named in "survivorId".',
      de: 'Der Datensatz bleibt nur noch zum Nachlesen. Arbeiten Sie mit der unter „survivorId“ genannten Person weiter.',
    },
  },
  'merge-into-itself': {
    title: {
      en: 'A person cannot be merged into itself',
      de: 'Eine Person kann nicht mit sich selbst zusammengeführt werden',
    },
    detail: {
      en: 'Name the other record, the one that shall stay, as "survivorId".',
      de: 'Geben Sie als „survivorId“ den anderen Datensatz an, der bestehen bleiben soll.',
    },
  },
  'survivor-merged': {
    title: {
      en: 'The person to stay was itself merged',
      de: 'Die verbleibende Person wurde selbst schon zusammengeführt',
    },
    detail: {
      en: 'Merge into the person named in "survivorId" instead.',
      de: 'Führen Sie stattdessen mit der unter „survivorId“ genannten Person zusammen.',
    },
  },
});
