import { refusals } from '../../../../shared/domain/errors';

/** What may be refused about relations between persons (CASE-1). */
export const relationRules = refusals({
  'relation-already-recorded': {
    title: { en: 'This relation is on record', de: 'Diese Beziehung ist schon erfasst' },
    detail: {
      en: 'The two persons are related in this way already, in the same time; one record is read from both sides. Go on with the relation named in "relationId".',
      de: 'Die beiden Personen stehen in dieser Zeit schon so zueinander; ein Eintrag wird von beiden Seiten gelesen. Arbeiten Sie mit der unter „relationId“ genannten Beziehung weiter.',
    },
  },
  'relation-contradicts': {
    title: { en: 'The relation contradicts another one', de: 'Die Beziehung widerspricht einer anderen' },
    detail: {
      en: 'Two persons cannot be both at the same time. Look at the relation named in "relationId": end it, or revoke it where it was recorded by mistake, and record this one then.',
      de: 'Beides zugleich können zwei Personen nicht sein. Sehen Sie die unter „relationId“ genannte Beziehung an: Beenden Sie sie oder nehmen Sie sie zurück, wenn sie ein Irrtum war, und erfassen Sie dann diese.',
    },
  },
  'relation-ended': {
    title: { en: 'This relation has ended', de: 'Diese Beziehung ist beendet' },
    detail: {
      en: 'It stays on record. If it holds again, record it anew with its first day.',
      de: 'Sie bleibt gespeichert. Besteht sie wieder, erfassen Sie sie neu mit ihrem ersten Tag.',
    },
  },
  'relation-revoked': {
    title: { en: 'This relation was revoked', de: 'Diese Beziehung wurde zurückgenommen' },
    detail: {
      en: 'It had been recorded by mistake and counts for nothing. Record the right one anew.',
      de: 'Sie war ein Irrtum und zählt nicht mehr. Erfassen Sie die richtige neu.',
    },
  },
});
