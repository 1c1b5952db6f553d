import { refusals } from '../../../../shared/domain/errors';

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
  'person-not-merged': {
    title: { en: 'This person is not merged into another', de: 'Diese Person ist mit keiner anderen zusammengeführt' },
    detail: {
      en: 'There is no merge to take back. Read the record anew: somebody may have taken it back already.',
      de: 'Es gibt keine Zusammenführung, die aufzuheben wäre. Lesen Sie den Datensatz neu: Vielleicht wurde sie schon aufgehoben.',
    },
  },
  'survivor-merged-since': {
    title: {
      en: 'The person it was merged into was itself merged since',
      de: 'Die verbleibende Person wurde inzwischen selbst zusammengeführt',
    },
    detail: {
      en: 'Merges are taken back in reverse order: first take back that of the person named in "personId", then this one.',
      de: 'Zusammenführungen werden in umgekehrter Reihenfolge aufgehoben: zuerst die der unter „personId“ genannten Person, dann diese.',
    },
  },
  'requests-since-merge': {
    title: {
      en: 'Requests have been recorded since the merge',
      de: 'Seit der Zusammenführung sind Anfragen hinzugekommen',
    },
    detail: {
      en: 'Whose they are only you can tell. Look at the requests named in "requestIds" of this answer, and send as "requestIds" those that are of the separated person, with their cases; an empty list leaves all with the survivor.',
      de: 'Wessen sie sind, können nur Sie sagen. Sehen Sie die unter „requestIds“ genannten Anfragen durch und senden Sie als „requestIds“ jene, die zur herausgelösten Person gehören, samt ihren Fällen; mit einer leeren Liste bleiben alle bei der verbleibenden Person.',
    },
  },
  'account-in-use': {
    title: { en: 'The account belongs to another person', de: 'Das Konto gehört zu einer anderen Person' },
    detail: {
      en: 'Since the merge the own account (portalSubject) of the separated person was given to the person named in "personId". Find out whose it is and clear it there first.',
      de: 'Seit der Zusammenführung wurde das eigene Konto (portalSubject) der herausgelösten Person der unter „personId“ genannten Person gegeben. Klären Sie, wem es gehört, und entfernen Sie es dort zuerst.',
    },
  },
});
